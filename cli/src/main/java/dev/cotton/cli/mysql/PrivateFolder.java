package dev.cotton.cli.mysql;

import dev.cotton.cli.machine.AtExit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** A folder that only this user can read, gone with all its files when it is closed or the process ends. Thread-safe. */
final class PrivateFolder implements AutoCloseable {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path path;
    private final AtExit atExit = AtExit.run("private-folder", this::remove);

    private PrivateFolder(Path path) {
        this.path = path;
    }

    /** Makes one in {@code parent}. */
    static PrivateFolder in(Path parent) throws IOException {
        return new PrivateFolder(Files.createTempDirectory(parent, "cotton-"));
    }

    /** Where a file of that name is, or would be. */
    Path resolve(String name) {
        return path.resolve(name);
    }

    /** Writes a new file. */
    Path write(String name, String text) throws IOException {
        Path file = Files.createFile(path.resolve(name), OWNER_ONLY);
        return Files.writeString(file, text);
    }

    @Override
    public void close() {
        atExit.close();
        remove();
    }

    private void remove() {
        try {
            List<Path> files;
            try (var listed = Files.list(path)) {
                files = listed.toList();
            }
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(path);
        } catch (IOException goneOrNotOurs) {
            // Nothing more can be done while exiting; the folder is for its owner only.
        }
    }
}
