package dev.cotton.scheduler.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackupScheduleTest {
    @Test
    void itIsDueAtItsTimeInItsZoneAndALittleLater() {
        BackupSchedule schedule = BackupSchedule.parse("0 3 * * *", "Europe/Berlin");
        Instant due = schedule.next(Instant.parse("2030-01-02T12:00:00Z"), "u1").orElseThrow();
        assertThat(due)
                .isBetween(
                        Instant.parse("2030-01-03T02:00:00Z"),
                        Instant.parse("2030-01-03T02:00:00Z").plus(BackupSchedule.JITTER));
        assertThat(schedule.next(due, "u1").orElseThrow()).isEqualTo(due.plus(Duration.ofDays(1)));
    }

    @Test
    void notAllAreDueAtOnce() {
        BackupSchedule schedule = BackupSchedule.parse("0 3 * * *", "UTC");
        assertThat(schedule.next(Instant.EPOCH, "u1")).isNotEqualTo(schedule.next(Instant.EPOCH, "u2"));
    }

    @ParameterizedTest
    @CsvSource({"daily, UTC, five fields of cron", "0 3 * * *, Mars/Base, no time zone 'Mars/Base'"})
    void whatIsNoScheduleIsRefused(String line, String zone, String why) {
        assertThatThrownBy(() -> BackupSchedule.parse(line, zone))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
