package dev.cotton.core.storage;

import dev.cotton.core.port.BackupStore.Existing;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The files and folders of a store, and the order of steps that leaves none of them half made. Thread-safe. */
final class ObjectFiles {
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** How often a folder may vanish, because its last object was deleted, just before an object comes into it. */
    private static final int VANISHING_FOLDERS = 20;

    private final Path root;
    private final Path incompletes;

    ObjectFiles(Path root) {
        this.root = root;
        this.incompletes = root.resolve(".incomplete");
    }

    /** A file without its name yet; closing removes it unless it was published. */
    record Incomplete(Path path, FileChannel channel) implements AutoCloseable {
        /** Brings all of it to the disk, and gives the length that it has there. */
        long finish() throws IOException {
            channel.force(true);
            channel.close();
            return Files.size(path);
        }

        @Override
        public void close() {
            try {
                channel.close();
                Files.deleteIfExists(path);
            } catch (IOException leftForRemoveIncomplete) {
                // Nobody can see it.
            }
        }
    }

    Incomplete begin() throws IOException {
        makeFolders(incompletes);
        Path path = incompletes.resolve(UUID.randomUUID() + ".part");
        return new Incomplete(
                path, FileChannel.open(path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), FILE));
    }

    /** Gives a finished file its name, in one step, for good. */
    void publish(Incomplete incomplete, Path target, Existing existing) throws IOException {
        Path folder = folderOf(target);
        for (int vanished = 0; ; vanished++) {
            try {
                makeFolders(folder);
                take(incomplete.path(), target, existing);
                break;
            } catch (NoSuchFileException gone) {
                if (vanished == VANISHING_FOLDERS) {
                    throw gone;
                }
            }
        }
        syncIfThere(folder);
    }

    private static void take(Path incomplete, Path target, Existing existing) throws IOException {
        switch (existing) {
            case REFUSE -> Files.createLink(target, incomplete);
            case REPLACE -> {
                if (Files.isDirectory(target)) {
                    throw new FileAlreadyExistsException(target.toString());
                }
                Files.move(incomplete, target, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private static Path folderOf(Path target) {
        return Objects.requireNonNull(target.getParent());
    }

    private static void makeFolders(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.getParent();
        if (parent != null) {
            makeFolders(parent);
        }
        try {
            Files.createDirectory(folder, FOLDER);
        } catch (FileAlreadyExistsException there) {
            if (!Files.isDirectory(folder)) {
                throw there;
            }
        }
        if (parent != null) {
            sync(parent);
        }
    }

    // safety: without it a name can be lost in a power cut although its write was reported as done.
    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    List<FolderWalk.Entry> entries(Path folder) throws IOException {
        List<FolderWalk.Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
            for (Path path : paths) {
                entry(path).ifPresent(entries::add);
            }
        } catch (DirectoryIteratorException broken) {
            throw broken.getCause();
        }
        return entries;
    }

    private static Optional<FolderWalk.Entry> entry(Path path) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return Optional.of(new FolderWalk.Entry(
                    path.getFileName().toString(),
                    attributes.isDirectory(),
                    attributes.size(),
                    attributes.lastModifiedTime().toInstant()));
        } catch (NoSuchFileException removedMeanwhile) {
            return Optional.empty();
        }
    }

    /** Removes a file for good, and the folders that are empty then. */
    void delete(Path target) throws IOException {
        if (!Files.deleteIfExists(target)) {
            return;
        }
        Path folder = folderOf(target);
        while (!folder.equals(root) && isRemoved(folder)) {
            folder = folderOf(folder);
        }
        syncIfThere(folder);
    }

    private void syncIfThere(Path folder) throws IOException {
        try {
            sync(folder);
        } catch (NoSuchFileException removedByAnother) {
            sync(root);
        }
    }

    private static boolean isRemoved(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
            return true;
        } catch (DirectoryNotEmptyException inUse) {
            return false;
        }
    }

    /** Removes files without a name that were last written to before {@code limit}; says how many. */
    int removeIncomplete(Instant limit) throws IOException {
        if (!Files.isDirectory(incompletes, LinkOption.NOFOLLOW_LINKS)) {
            return 0;
        }
        int removed = 0;
        for (FolderWalk.Entry entry : entries(incompletes)) {
            if (!entry.written().isAfter(limit) && Files.deleteIfExists(incompletes.resolve(entry.name()))) {
                removed++;
            }
        }
        return removed;
    }

    /** Whether a path was looked up below a file, as if that were a folder. */
    static boolean isBelowAFile(IOException failed) {
        return failed instanceof FileSystemException exception
                && String.valueOf(exception.getReason()).contains("Not a directory");
    }
}
