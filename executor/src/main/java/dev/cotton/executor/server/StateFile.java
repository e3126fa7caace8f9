package dev.cotton.executor.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * One small value in a JSON file of mode 0600. A write is durable and atomic: after it returns the value survives a
 * power cut, and a reader, also after one, sees the former value or the new one. Thread-safe.
 *
 * @param <T> a record
 */
public final class StateFile<T> {
    private final Path path;
    private final Class<T> type;
    private final JsonMapper mapper = JsonMapper.builder().build();

    /** @param path absolute; its folder exists */
    public StateFile(Path path, Class<T> type) {
        this.path = path;
        this.type = type;
    }

    /**
     * The value written last, empty when there never was one.
     *
     * @throws ServerException when the file holds something else
     */
    public Optional<T> read() {
        try {
            return Optional.of(mapper.readValue(Files.readAllBytes(path), type));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JacksonException e) {
            throw new ServerException(
                    "The file " + path
                            + " cannot be understood, so nothing was done. Restore it from a copy, or have the"
                            + " instance replaced.",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces the value. */
    public synchronized void write(T value) {
        replace(path, mapper.writeValueAsBytes(value));
    }

    /** Durably and atomically replaces the file {@code path}, mode 0600. */
    static void replace(Path path, byte[] content) {
        Path next = path.resolveSibling(path.getFileName() + ".next");
        try {
            Files.deleteIfExists(next);
            try (FileChannel channel = FileChannel.open(
                    next,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
            syncFolder(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the creation, renaming or removal of {@code entry} survive a power cut. */
    static void syncFolder(Path entry) throws IOException {
        Path folder = entry.getParent();
        if (folder != null) {
            sync(folder);
        }
    }

    /** Makes the content of a file or folder survive a power cut. */
    static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
