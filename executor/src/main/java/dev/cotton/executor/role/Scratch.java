package dev.cotton.executor.role;

import dev.cotton.executor.provision.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder in which a copy is made. */
record Scratch(Path folder) {
    private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);

    /** Where mysqld is to make the copy; not there after {@link #renew}. */
    Path copy() {
        return folder.resolve("mysql");
    }

    /** Makes it, empty. */
    void renew() {
        try {
            new FileTree(folder).delete();
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException("The folder for a backup's copy cannot be made.", e);
        }
    }

    boolean exists() {
        return Files.exists(folder);
    }

    /** Removes what is in it, like {@link #remove}. */
    void empty() {
        new Scratch(copy()).remove();
    }

    /** Removes it with all that is in it; what stays is removed with the next start or the next backup. */
    void remove() {
        try {
            new FileTree(folder).delete();
        } catch (IOException stays) {
            LOG.warn("A backup's copy is still there, and is removed later: {}", stays.toString());
        }
    }
}
