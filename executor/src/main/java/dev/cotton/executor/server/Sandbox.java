package dev.cotton.executor.server;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.wire.Status.Room;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an agent gives an executor to live in, and ends the task for when it outgrows it.
 *
 * @param folder absolute
 * @param volume the instance's own disk when that is in the sandbox: it is counted by itself
 * @param allowance for all else
 */
public record Sandbox(Path folder, Optional<Path> volume, DataSize allowance) {
    /** How much of it is used now. Looks at every file. */
    public Room room() {
        DataSize used = new FolderSize(folder, volume).measured();
        return new Room(used, new DataSize(Math.max(0, allowance.bytes() - used.bytes())));
    }
}
