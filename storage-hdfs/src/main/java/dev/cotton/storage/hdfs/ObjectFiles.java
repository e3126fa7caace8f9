package dev.cotton.storage.hdfs;

import dev.cotton.core.port.BackupStore.Existing;
import dev.cotton.core.storage.FolderWalk;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/** The files and folders of a store, and the order of steps that leaves none of them half made. Thread-safe. */
final class ObjectFiles {
    private static final FsPermission FOLDER = new FsPermission((short) 0700);
    private static final FsPermission FILE = new FsPermission((short) 0600);
    private static final int BUFFER = 64 << 10;

    /** How often a folder may vanish, because its last object was deleted, just before an object comes into it. */
    private static final int VANISHING_FOLDERS = 20;

    private final Connection connection;
    private final Path root;
    private final Path incompletes;

    ObjectFiles(Connection connection, Path root) {
        this.connection = connection;
        this.root = root;
        this.incompletes = new Path(root, ".incomplete");
    }

    /** A file without its name yet; closing removes it unless it was published. */
    record Incomplete(DistributedFileSystem fileSystem, Path path, FSDataOutputStream out) implements AutoCloseable {
        /** Brings all of it to the disks, and gives the length that it has there. */
        long finish() throws IOException {
            out.close();
            return fileSystem.getFileStatus(path).getLen();
        }

        @Override
        public void close() {
            try (out) {
                fileSystem.delete(path, false);
            } catch (IOException leftForRemoveIncomplete) {
                // Nobody can see it.
            }
        }
    }

    Incomplete begin() throws IOException {
        DistributedFileSystem fileSystem = connection.fileSystem();
        fileSystem.mkdirs(incompletes, FOLDER);
        Path path = new Path(incompletes, UUID.randomUUID() + ".part");
        FSDataOutputStream out = fileSystem.create(
                path,
                FILE,
                EnumSet.of(CreateFlag.CREATE, CreateFlag.SYNC_BLOCK),
                BUFFER,
                fileSystem.getDefaultReplication(path),
                fileSystem.getDefaultBlockSize(path),
                null,
                null);
        return new Incomplete(fileSystem, path, out);
    }

    /** Gives a finished file its name, in one step. */
    void publish(Incomplete incomplete, Path target, Existing existing) throws IOException {
        DistributedFileSystem fileSystem = connection.fileSystem();
        if (status(target).filter(FileStatus::isDirectory).isPresent()) {
            throw new FileAlreadyExistsException(target + " is a folder");
        }
        for (int vanished = 0; ; vanished++) {
            fileSystem.mkdirs(target.getParent(), FOLDER);
            try {
                fileSystem.rename(
                        incomplete.path(), target, existing == Existing.REPLACE ? Rename.OVERWRITE : Rename.NONE);
                return;
            } catch (IOException failed) {
                boolean gone = HdfsFailure.unwrapped(failed) instanceof FileNotFoundException;
                if (!gone || vanished == VANISHING_FOLDERS) {
                    throw failed;
                }
            }
        }
    }

    /** What is there under that path; empty when nothing is, also below a file. */
    Optional<FileStatus> status(Path path) throws IOException {
        try {
            return Optional.of(connection.fileSystem().getFileStatus(path));
        } catch (FileNotFoundException | ParentNotDirectoryException none) {
            return Optional.empty();
        }
    }

    List<FolderWalk.Entry> entries(Path folder) throws IOException {
        List<FolderWalk.Entry> entries = new ArrayList<>();
        try {
            RemoteIterator<FileStatus> found = connection.fileSystem().listStatusIterator(folder);
            while (found.hasNext()) {
                FileStatus status = found.next();
                entries.add(new FolderWalk.Entry(
                        status.getPath().getName(),
                        status.isDirectory(),
                        status.getLen(),
                        Instant.ofEpochMilli(status.getModificationTime())));
            }
        } catch (FileNotFoundException | ParentNotDirectoryException none) {
            return List.of();
        }
        return entries;
    }

    /** Removes a file, and the folders that are empty then. */
    void delete(Path target) throws IOException {
        DistributedFileSystem fileSystem = connection.fileSystem();
        fileSystem.delete(target, false);
        Path folder = target.getParent();
        while (!folder.equals(root) && isRemoved(fileSystem, folder)) {
            folder = folder.getParent();
        }
    }

    private static boolean isRemoved(DistributedFileSystem fileSystem, Path folder) throws IOException {
        try {
            fileSystem.delete(folder, false);
            return true;
        } catch (IOException failed) {
            if (HdfsFailure.unwrapped(failed) instanceof PathIsNotEmptyDirectoryException) {
                return false;
            }
            throw failed;
        }
    }

    /**
     * Removes files without a name that were closed before {@code limit}; says how many. A writer that was killed is
     * declared dead by the name node, which closes its file then: after 20 minutes, unless the site says otherwise.
     */
    int removeIncomplete(Instant limit) throws IOException {
        DistributedFileSystem fileSystem = connection.fileSystem();
        int removed = 0;
        for (FolderWalk.Entry entry : entries(incompletes)) {
            Path path = new Path(incompletes, entry.name());
            if (!entry.written().isAfter(limit) && isClosed(fileSystem, path) && fileSystem.delete(path, false)) {
                removed++;
            }
        }
        return removed;
    }

    private static boolean isClosed(DistributedFileSystem fileSystem, Path path) throws IOException {
        try {
            return fileSystem.isFileClosed(path);
        } catch (FileNotFoundException publishedMeanwhile) {
            return false;
        }
    }
}
