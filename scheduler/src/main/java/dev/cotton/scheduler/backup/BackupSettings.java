package dev.cotton.scheduler.backup;

import dev.cotton.core.backup.BackupPolicy;
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
    /**
     * When a cluster is backed up.
     *
     * @throws IllegalArgumentException with a sentence when the policy's schedule is none
     */
    Optional<BackupSchedule> schedule(BackupPolicy policy) {
        if (policy.schedule().isEmpty()) {
            return schedule;
        }
        return policy.schedule()
                .filter(line -> !line.equals(BackupPolicy.NONE))
                .map(line -> BackupSchedule.parse(line, policy.zone().orElse("UTC")));
    }

    /** Without the settings of the store. */
    @Override
    public String toString() {
        return "BackupSettings[" + store.replaceFirst("[?].*", "") + ", " + schedule + ", " + retention + "]";
    }
}
