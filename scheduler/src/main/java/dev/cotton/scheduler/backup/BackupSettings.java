package dev.cotton.scheduler.backup;

import dev.cotton.core.backup.Retention;
import dev.cotton.core.model.DataSize;
import java.util.Optional;

/**
 * Where backups go, when they are made, and which are kept.
 *
 * @param store its location
 * @param schedule of every cluster; absent when they are made only when somebody asks
 * @param throttle the most of a copy that is read in a second
 * @param archive whether binary logs are kept too, from the oldest proven backup of a cluster on
 */
public record BackupSettings(
        String store,
        Optional<BackupSchedule> schedule,
        Retention retention,
        Optional<DataSize> throttle,
        boolean archive) {
    /** Without the settings of the store. */
    @Override
    public String toString() {
        return "BackupSettings[" + store.replaceFirst("[?].*", "") + ", " + schedule + ", " + retention + "]";
    }
}
