package dev.cotton.executor.role;

import dev.cotton.core.model.DataSize;
import dev.cotton.executor.provision.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder in which a copy is made. */
record Scratch(Path folder) {
    private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);

    /** This part of the data has to be free besides, for what comes meanwhile. */
    private static final long SPARE = 10;

    /**
     * Why there is no room for a copy; empty when there is.
     *
     * @param data to be copied
     * @param free of what the instance may use
     */
    Optional<String> lacking(DataSize data, DataSize free) {
        DataSize needed = new DataSize(data.bytes() + data.bytes() / SPARE);
        return free.compareTo(needed) >= 0
                ? Optional.empty()
                : Optional.of("A backup first copies the data beside them: that takes " + needed.megabytes()
                        + " MB, and " + free.megabytes()
                        + " MB of the instance's disk are free. Nothing was copied. Give"
                        + " the cluster more disk.");
    }

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
