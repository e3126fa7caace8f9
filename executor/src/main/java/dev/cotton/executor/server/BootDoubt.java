package dev.cotton.executor.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether the relay log can be relied on. It survives the crash of its mysqld, but its last seconds may not survive the
 * crash of its host: after a start under another boot of the host than the one stored with the data, this instance is
 * unsure until it is trusted again. Thread-safe.
 */
public final class BootDoubt {
    /** @param bootId of the host under which the relay log is known to be whole */
    record Boot(String bootId) {}

    private final StateFile<Boot> file;
    private final String current;

    /** @param folder holds data */
    public BootDoubt(DataFolder folder) {
        this(folder.boot(), hostBootId());
    }

    BootDoubt(Path file, String current) {
        this.file = new StateFile<>(file, Boot.class);
        this.current = current;
    }

    /** The host's boot id now. */
    public static String hostBootId() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** False from a start of the host until {@link #trust}. Also false when nothing was ever stored. */
    public boolean sure() {
        return file.read().filter(boot -> boot.bootId().equals(current)).isPresent();
    }

    /**
     * This instance has received all that the primary had reached after the boot {@code bootId}. On disk when this
     * returns.
     *
     * @return false, with nothing changed, when {@code bootId} is not the host's
     */
    public boolean trust(String bootId) {
        if (!bootId.equals(current)) {
            return false;
        }
        if (!sure()) {
            file.write(new Boot(current));
        }
        return true;
    }
}
