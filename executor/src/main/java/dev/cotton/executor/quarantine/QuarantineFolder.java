package dev.cotton.executor.quarantine;

import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.Incarnation;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.wire.ExecutorConfig;
import dev.cotton.core.wire.QuarantineEntry;
import dev.cotton.core.wire.QuarantineId;
import dev.cotton.executor.provision.FileTree;
import dev.cotton.executor.server.ServerException;
import dev.cotton.executor.server.StateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is saved of a cluster on this machine; the package's description draws it. A value. Several executors may use it at
 * the same time: each writes entries of its own instance, and any of them reads and discards any entry.
 *
 * @param root absolute; need not exist
 */
public record QuarantineFolder(Path root) {
    private static final String UNFINISHED = ".making-";
    private static final String TEXT = "errant.sql";
    private static final String SUMMARY = "summary.json";

    /** The one of an executor with that configuration. */
    public static QuarantineFolder of(ExecutorConfig config) {
        return new QuarantineFolder(
                config.quarantine().map(Path::of).orElseGet(() -> Path.of(config.folder(), "quarantine")));
    }

    /** All entries, the oldest first. */
    public List<QuarantineEntry> entries() {
        return ids().stream()
                .map(this::entry)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(QuarantineEntry::id))
                .toList();
    }

    private List<QuarantineId> ids() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(root)) {
            return folders.map(QuarantineFolder::id).flatMap(Optional::stream).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Empty when it is no entry's folder: one that is still being made, or a stranger's. */
    private static Optional<QuarantineId> id(Path folder) {
        try {
            return Optional.of(QuarantineId.parse(folder.getFileName().toString()));
        } catch (IllegalArgumentException another) {
            return Optional.empty();
        }
    }

    /** Empty when it has gone meanwhile. */
    private Optional<QuarantineEntry> entry(QuarantineId id) {
        Path folder = root.resolve(id.toString());
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        long bytes = length(text(folder));
        return summary(folder)
                .map(summary -> summary.entry(id, bytes))
                .or(() -> Optional.of(QuarantineEntry.unreadable(id, bytes)));
    }

    private static Optional<Summary> summary(Path folder) {
        try {
            return new StateFile<>(folder.resolve(SUMMARY), Summary.class).read();
        } catch (ServerException unreadable) {
            return Optional.empty();
        }
    }

    private static long length(Path text) {
        try {
            return Files.size(text);
        } catch (NoSuchFileException absent) {
            return 0;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * A piece of an entry's text.
     *
     * @return at most {@code limit} bytes, none after the end; empty when there is no such entry
     */
    public Optional<byte[]> text(QuarantineId id, long offset, int limit) {
        try (FileChannel channel = FileChannel.open(text(root.resolve(id.toString())))) {
            channel.position(Math.max(0, offset));
            return Optional.of(Channels.newInputStream(channel).readNBytes(limit));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Destroys an entry, if there is one of that name. Killed on the way it leaves an incomplete one. */
    public void discard(QuarantineId id) {
        try {
            new FileTree(root.resolve(id.toString())).delete();
            if (Files.isDirectory(root)) {
                FileTree.flush(root);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Whether {@code errant} of the life {@code data} is saved, completely. */
    boolean holds(Incarnation data, GtidSet errant) {
        return ids().stream()
                .map(id -> root.resolve(id.toString()))
                .anyMatch(folder -> summary(folder)
                        .filter(summary -> summary.data().equals(data))
                        .filter(summary -> summary.errant().contains(errant))
                        .filter(summary -> summary.bytes() == length(text(folder)))
                        .isPresent());
    }

    /** An empty folder for the next entry of {@code instance}; what an earlier attempt has left is gone. */
    Path begin(InstanceId instance) throws IOException {
        Path making = root.resolve(UNFINISHED + instance);
        new FileTree(making).delete();
        return Files.createDirectories(
                making, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Makes what was begun an entry, on disk when this returns. */
    Path finish(Path making, Summary summary) throws IOException {
        new StateFile<>(making.resolve(SUMMARY), Summary.class).write(summary);
        new FileTree(making).flush();
        Path done = root.resolve(new QuarantineId(summary.saved(), summary.instance()).toString());
        Files.move(making, done, StandardCopyOption.ATOMIC_MOVE);
        // safety: the data are given up after this; a folder whose name is not on disk would be lost with the power.
        FileTree.flush(root);
        FileTree.flush(Objects.requireNonNull(root.getParent(), "root is no root of a file system"));
        return done;
    }

    /** Where in the folder of an entry its text is. */
    static Path text(Path entry) {
        return entry.resolve(TEXT);
    }
}
