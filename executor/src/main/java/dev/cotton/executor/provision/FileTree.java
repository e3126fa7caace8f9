package dev.cotton.executor.provision;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A folder with all that is in it. Symbolic links are never followed. */
public record FileTree(Path root) {
    private static final Set<PosixFilePermission> READ =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
    private static final Set<PosixFilePermission> EXECUTE = EnumSet.of(
            PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);

    private interface OnEach {
        void accept(Path path) throws IOException;
    }

    /** Deletes everything. What vanishes meanwhile is no error. */
    public void delete() throws IOException {
        if (Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            walk(Files::deleteIfExists, Files::deleteIfExists);
        }
    }

    /** Lets everybody read the files, and enter and list the folders; who may execute one file, all may. */
    void makeReadable() throws IOException {
        walk(
                file -> {
                    if (!Files.isSymbolicLink(file)) {
                        allow(file, Files.isExecutable(file));
                    }
                },
                folder -> allow(folder, true));
    }

    /** Writes everything to disk, so that it is whole also after a power cut. */
    public void flush() throws IOException {
        walk(
                file -> {
                    if (!Files.isSymbolicLink(file)) {
                        flush(file);
                    }
                },
                FileTree::flush);
    }

    /** Writes one file, or the names in one folder, to disk. */
    public static void flush(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void allow(Path path, boolean execute) throws IOException {
        Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(path));
        permissions.addAll(READ);
        if (execute) {
            permissions.addAll(EXECUTE);
        }
        Files.setPosixFilePermissions(path, permissions);
    }

    private void walk(OnEach onFile, OnEach onFolder) throws IOException {
        FileVisitor<Path> visitor = new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                onFile.accept(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                onFolder.accept(folder);
                return FileVisitResult.CONTINUE;
            }
        };
        Files.walkFileTree(root, visitor);
    }
}
