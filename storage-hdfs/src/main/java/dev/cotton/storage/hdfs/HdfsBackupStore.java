package dev.cotton.storage.hdfs;

import dev.cotton.core.port.BackupStore;
import dev.cotton.core.port.BackupStoreException.CorruptException;
import dev.cotton.core.port.BackupStoreException.ExistsException;
import dev.cotton.core.port.BackupStoreException.MissingException;
import dev.cotton.core.port.BackupStoreFactory;
import dev.cotton.core.port.ObjectKey;
import dev.cotton.core.port.StoreLocation;
import dev.cotton.core.storage.Bounds;
import dev.cotton.core.storage.FolderWalk;
import dev.cotton.core.storage.MeasuredOutputStream;
import dev.cotton.core.storage.ResumingInputStream;
import dev.cotton.core.storage.Retries;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * A store in a folder of HDFS. Files have mode 0600, folders 0700; what is written is on the data nodes' disks when a call
 * returns. An object is written to {@code .incomplete} and takes its name when it is whole. HDFS itself checks what goes
 * over its connections and what lies on its disks; the length is compared besides.
 */
public final class HdfsBackupStore implements BackupStore {
    private final StoreLocation location;
    private final Connection connection;
    private final ObjectFiles files;
    private final Path root;

    private HdfsBackupStore(StoreLocation location, HdfsSettings settings) {
        this.location = location;
        this.connection = new Connection(location, settings);
        this.root = new Path(location.path());
        this.files = new ObjectFiles(connection, root);
    }

    /** Opens {@code hdfs://namenode:8020/folder?configuration=…&user=…&principal=…&keytab=…}. */
    public static final class Factory implements BackupStoreFactory {
        @Override
        public String scheme() {
            return "hdfs";
        }

        @Override
        public BackupStore open(StoreLocation location) {
            return new HdfsBackupStore(location, HdfsSettings.of(location));
        }
    }

    private Path path(ObjectKey key) {
        return new Path(root, key.value());
    }

    @Override
    public Written write(ObjectKey key, Existing existing, Content content) throws IOException {
        if (existing == Existing.REFUSE && stat(key).isPresent()) {
            throw exists(key);
        }
        String attempt = "Writing " + key + " to " + location;
        ObjectFiles.Incomplete incomplete = begun(attempt);
        try (incomplete) {
            MeasuredOutputStream measured =
                    new MeasuredOutputStream(new HdfsOutput(incomplete.out(), connection, attempt));
            content.writeTo(measured);
            return published(incomplete, new Written(key, measured.length(), measured.sha256Hex()), existing, attempt);
        }
    }

    private ObjectFiles.Incomplete begun(String attempt) {
        try {
            return files.begin();
        } catch (IOException failed) {
            throw HdfsFailure.of(attempt, failed);
        }
    }

    private Written published(ObjectFiles.Incomplete incomplete, Written written, Existing existing, String attempt) {
        try {
            long held = incomplete.finish();
            if (held != written.length()) {
                throw new CorruptException(
                        attempt + " failed: the file has " + held + " bytes instead of " + written.length() + ".",
                        "It was removed; what the store held before is as it was.",
                        "Look at the health of HDFS with hdfs fsck, then write again.",
                        null);
            }
            files.publish(incomplete, path(written.key()), existing);
            return written;
        } catch (IOException failed) {
            throw HdfsFailure.of(attempt, failed);
        }
    }

    private ExistsException exists(ObjectKey key) {
        return new ExistsException(
                location + " has an object " + key + " already.",
                "It is as it was.",
                "Choose another key, or say that it is to be replaced.",
                null);
    }

    private Optional<FileStatus> status(ObjectKey key) {
        try {
            return files.status(path(key)).filter(FileStatus::isFile);
        } catch (IOException failed) {
            throw HdfsFailure.of("Looking for " + key + " in " + location, failed);
        }
    }

    @Override
    public Optional<Found> stat(ObjectKey key) {
        return status(key)
                .map(status -> new Found(key, status.getLen(), Instant.ofEpochMilli(status.getModificationTime())));
    }

    @Override
    public InputStream read(ObjectKey key, long offset, long length) {
        Bounds.checkPart(offset, length);
        FileStatus status = status(key)
                .orElseThrow(() -> new MissingException(
                        location + " has no object " + key + ".", "Nothing was changed.", "Look what it has.", null));
        HdfsSource source = new HdfsSource(connection, path(key), status, "Reading " + key + " from " + location);
        return new ResumingInputStream(source, offset, Bounds.end(offset, length, status.getLen()), Retries.USUAL);
    }

    @Override
    public Page page(String prefix, Optional<ObjectKey> after, int limit) {
        return FolderWalk.page(this::entries, prefix, after, limit);
    }

    private List<FolderWalk.Entry> entries(String folder) {
        try {
            return files.entries(folder.isEmpty() ? root : new Path(root, folder));
        } catch (IOException failed) {
            throw HdfsFailure.of("Listing " + location, failed);
        }
    }

    @Override
    public void delete(ObjectKey key) {
        if (status(key).isEmpty()) {
            return;
        }
        try {
            files.delete(path(key));
        } catch (IOException failed) {
            throw HdfsFailure.of("Deleting " + key + " from " + location, failed);
        }
    }

    @Override
    public int removeIncomplete(Duration age) {
        try {
            return files.removeIncomplete(Instant.now().minus(age));
        } catch (IOException failed) {
            throw HdfsFailure.of("Removing what broken writes left in " + location, failed);
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
