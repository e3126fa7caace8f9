package dev.cotton.scheduler.app;

import dev.cotton.scheduler.backup.BackupSettings;
import dev.cotton.scheduler.rest.RestSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a scheduler is started with.
 *
 * @param zkUrl {@code zk://[user:password@]host:port,.../path}
 * @param keyFile the keyring that seals secrets, mode 0600; the same for all schedulers of a fleet
 * @param makeKey whether the keyring is made when it is not there
 * @param binRetention how long the data of a deleted cluster are kept
 * @param backups absent when none are made
 * @param version of this build
 */
public record SchedulerSettings(
        String zkUrl,
        Path keyFile,
        boolean makeKey,
        Duration binRetention,
        Optional<BackupSettings> backups,
        RestSettings rest,
        EngineSettings engine,
        String version) {
    /** @throws IllegalArgumentException naming the option that is wrong */
    public SchedulerSettings {
        if (binRetention.isNegative() || binRetention.compareTo(Duration.ofDays(3650)) > 0) {
            throw new IllegalArgumentException("bin-retention: between 0 and ten years, not " + binRetention + ".");
        }
    }

    /** Without the credentials of {@code zkUrl}. */
    @Override
    public String toString() {
        return "SchedulerSettings[" + rest + ", " + engine + "]";
    }
}
