package dev.cotton.scheduler.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.backup.BackupPolicy;
import dev.cotton.core.backup.Retention;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BackupSettingsTest {
    private static final BackupSchedule DAILY = BackupSchedule.parse("0 3 * * *", "UTC");
    private static final BackupSettings SETTINGS =
            new BackupSettings("file:///backups", Optional.of(DAILY), Retention.ORDINARY, Optional.empty(), true);

    private static BackupPolicy policy(String schedule, Optional<Integer> keep) {
        return new BackupPolicy(
                Optional.of(schedule), Optional.empty(), keep, Optional.empty(), Optional.of(0), Optional.empty());
    }

    @Test
    void aClusterWithoutAPolicyIsAsAll() {
        assertThat(SETTINGS.schedule(BackupPolicy.ORDINARY)).contains(DAILY);
        assertThat(BackupPolicy.ORDINARY.retention(Retention.ORDINARY)).isEqualTo(Retention.ORDINARY);
    }

    @Test
    void aPolicyCountsForItsCluster() {
        assertThat(SETTINGS.schedule(policy("0 * * * *", Optional.empty())))
                .hasValueSatisfying(schedule -> assertThat(schedule).hasToString("0 * * * * UTC"));
        assertThat(SETTINGS.schedule(policy(BackupPolicy.NONE, Optional.empty())))
                .isEmpty();
        assertThat(policy("none", Optional.of(3)).retention(new Retention(1, 2, 5, 4)))
                .isEqualTo(new Retention(3, 2, 0, 4));
    }

    @Test
    void whatIsNoPolicyIsRefused() {
        assertThatThrownBy(() -> SETTINGS.schedule(policy("daily", Optional.empty())))
                .hasMessageContaining("five fields of cron");
        assertThatThrownBy(() -> policy("none", Optional.of(0)).retention(Retention.ORDINARY))
                .hasMessageContaining("at least 1");
    }
}
