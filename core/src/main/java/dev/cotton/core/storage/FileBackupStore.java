package dev.cotton.core.storage;

import dev.cotton.core.port.BackupStore;
import dev.cotton.core.port.BackupStoreException.CorruptException;
import dev.cotton.core.port.BackupStoreException.ExistsException;
import dev.cotton.core.port.BackupStoreException.MissingException;
import dev.cotton.core.port.BackupStoreException.UnusableLocationException;
import dev.cotton.core.port.BackupStoreFactory;
import dev.cotton.core.port.ObjectKey;
import dev.cotton.core.port.StoreLocation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A store in a folder of a mounted file system. Files have mode 0600, folders 0700; what is written is on the disk when a
 * call returns. An object is written to {@code .incomplete} and takes its name when it is whole. How long a disk may take has
 * no limit here: a network file system that is to fail rather than wait is mounted so ({@code soft}).
 */
public final class FileBackupStore implements BackupStore {
    private final StoreLocation location;
    private final Path root;
    private final ObjectFiles files;

    private FileBackupStore(StoreLocation location) {
        this.location = location;
        this.root = Path.of(location.path().isEmpty() ? "/" : location.path());
        this.files = new ObjectFiles(root);
    }

    /** Opens {@code file:///folder}, which is made with the first write. */
    public static final class Factory implements BackupStoreFactory {
        @Override
        public String scheme() {
            return "file";
        }

        @Override
        public BackupStore open(StoreLocation location) {
            location.checkSettings(Set.of());
            if (!location.place().isEmpty() || location.path().isEmpty()) {
                throw new UnusableLocationException(
                        "The backup store " + location + " names no folder by its whole path.",
                        "Write it with three slashes, like file:///var/backups/cotton.",
                        null);
            }
            return new FileBackupStore(location);
        }
    }

    @Override
    public Written write(ObjectKey key, Existing existing, Content content) throws IOException {
        if (existing == Existing.REFUSE && stat(key).isPresent()) {
            throw exists(key);
        }
        String attempt = "Writing " + key + " to " + location;
        ObjectFiles.Incomplete incomplete = begun(attempt);
        try (incomplete) {
            MeasuredOutputStream measured = new MeasuredOutputStream(new FileOutput(incomplete.channel(), attempt));
            content.writeTo(measured);
            return published(incomplete, new Written(key, measured.length(), measured.sha256Hex()), existing, attempt);
        }
    }

    private ObjectFiles.Incomplete begun(String attempt) {
        try {
            return files.begin();
        } catch (IOException failed) {
            throw FileFailure.of(attempt, failed);
        }
    }

    private Written published(ObjectFiles.Incomplete incomplete, Written written, Existing existing, String attempt) {
        try {
            long held = incomplete.finish();
            if (held != written.length()) {
                throw new CorruptException(
                        attempt + " failed: the file has " + held + " bytes instead of " + written.length() + ".",
                        "It was removed; what the store held before is as it was.",
                        "Check the file system, then write again.",
                        null);
            }
            files.publish(incomplete, path(written.key()), existing);
            return written;
        } catch (IOException failed) {
            throw FileFailure.of(attempt, failed);
        }
    }

    private ExistsException exists(ObjectKey key) {
        return new ExistsException(
                location + " has an object " + key + " already.",
                "It is as it was.",
                "Choose another key, or say that it is to be replaced.",
                null);
    }

    private Path path(ObjectKey key) {
        return root.resolve(key.value());
    }

    @Override
    public Optional<Found> stat(ObjectKey key) {
        return attributes(key)
                .map(attributes -> new Found(
                        key, attributes.size(), attributes.lastModifiedTime().toInstant()));
    }

    private Optional<BasicFileAttributes> attributes(ObjectKey key) {
        try {
            return Optional.of(Files.readAttributes(path(key), BasicFileAttributes.class))
                    .filter(BasicFileAttributes::isRegularFile);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException failed) {
            if (ObjectFiles.isBelowAFile(failed)) {
                return Optional.empty();
            }
            throw FileFailure.of("Looking for " + key + " in " + location, failed);
        }
    }

    @Override
    public InputStream read(ObjectKey key, long offset, long length) {
        Bounds.checkPart(offset, length);
        String attempt = "Reading " + key + " from " + location;
        BasicFileAttributes attributes = attributes(key)
                .orElseThrow(() -> new MissingException(
                        location + " has no object " + key + ".", "Nothing was changed.", "Look what it has.", null));
        FileSource source = new FileSource(path(key), attributes, attempt);
        return new ResumingInputStream(source, offset, Bounds.end(offset, length, attributes.size()), Retries.USUAL);
    }

    @Override
    public Page page(String prefix, Optional<ObjectKey> after, int limit) {
        return FolderWalk.page(this::entries, prefix, after, limit);
    }

    private List<FolderWalk.Entry> entries(String folder) {
        try {
            return files.entries(folder.isEmpty() ? root : root.resolve(folder));
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        } catch (IOException failed) {
            throw FileFailure.of("Listing " + location, failed);
        }
    }

    @Override
    public void delete(ObjectKey key) {
        if (stat(key).isEmpty()) {
            return;
        }
        try {
            files.delete(path(key));
        } catch (IOException failed) {
            throw FileFailure.of("Deleting " + key + " from " + location, failed);
        }
    }

    @Override
    public int removeIncomplete(Duration age) {
        try {
            return files.removeIncomplete(Instant.now().minus(age));
        } catch (IOException failed) {
            throw FileFailure.of("Removing what broken writes left in " + location, failed);
        }
    }

    @Override
    public void close() {}
}
