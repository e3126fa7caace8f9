package dev.cotton.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.wire.BackupId;
import dev.cotton.core.wire.BackupManifest;
import dev.cotton.core.wire.BackupPlace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final Instant NOW = Instant.parse("2030-06-15T12:00:00Z");

    private static BackupEntry entry(Duration age, Optional<String> failure) {
        Instant at = NOW.minus(age);
        BackupId id = new BackupId("b" + at.getEpochSecond());
        BackupManifest manifest = new BackupManifest(
                BackupManifest.VERSION,
                id,
                new ClusterName("demo"),
                "u1",
                InstanceId.parse("demo-1"),
                new BackupManifest.Server("9.7.4", "uuid"),
                new BackupManifest.Executed(GtidSet.EMPTY, GtidSet.EMPTY),
                new BackupManifest.Sizes(new DataSize(1), new DataSize(1)),
                "",
                new BackupManifest.Encryption("k", "w", "c"),
                "zstd",
                new BackupManifest.Spans(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO),
                at,
                at,
                List.of());
        return new BackupEntry(
                new BackupPlace("file:///b", "demo-u1/" + id, "u1", id),
                manifest,
                failure.map(why -> new BackupProof(1, at, why, Duration.ZERO, Duration.ZERO, 0, 0)));
    }

    private static BackupEntry proven(Duration age) {
        return entry(age, Optional.of(""));
    }

    private static List<Instant> kept(Retention retention, List<BackupEntry> all) {
        List<BackupEntry> expired = retention.expired(all, NOW);
        return all.stream()
                .filter(entry -> !expired.contains(entry))
                .map(BackupEntry::at)
                .toList();
    }

    @Test
    void theNewestAreKept() {
        List<BackupEntry> hourly = IntStream.range(0, 5)
                .mapToObj(hours -> proven(Duration.ofHours(hours)))
                .toList();
        assertThat(kept(new Retention(2, 0, 0, 0), hourly)).containsExactly(NOW, NOW.minus(Duration.ofHours(1)));
    }

    @Test
    void theNewestOfEachDayWeekAndMonthAreKept() {
        List<BackupEntry> halfDaily = IntStream.range(0, 120)
                .mapToObj(halves -> proven(Duration.ofHours(12L * halves)))
                .toList();
        assertThat(kept(new Retention(1, 3, 0, 0), halfDaily))
                .containsExactly(NOW, NOW.minus(Duration.ofHours(24)), NOW.minus(Duration.ofHours(48)));
        assertThat(kept(new Retention(1, 0, 2, 0), halfDaily))
                .containsExactly(NOW, Instant.parse("2030-06-09T12:00:00Z"));
        assertThat(kept(new Retention(1, 0, 0, 2), halfDaily))
                .containsExactly(NOW, Instant.parse("2030-05-31T12:00:00Z"));
    }

    @Test
    void theNewestThatIsProvenStaysHoweverOldItIs() {
        BackupEntry old = proven(Duration.ofDays(400));
        BackupEntry refuted = entry(Duration.ofDays(1), Optional.of("It is damaged."));
        assertThat(Retention.ORDINARY.expired(List.of(refuted, old), NOW)).isEmpty();
    }

    @Test
    void whatIsNotProvenGoesOnlyAfterAWeekAndANewerProvenOne() {
        BackupEntry unproven = entry(Duration.ofDays(8), Optional.empty());
        BackupEntry young = entry(Duration.ofDays(6), Optional.of("It is damaged."));
        assertThat(Retention.ORDINARY.expired(List.of(proven(Duration.ofDays(9)), unproven), NOW))
                .isEmpty();
        assertThat(Retention.ORDINARY.expired(List.of(proven(Duration.ZERO), young, unproven), NOW))
                .containsExactly(unproven);
    }
}
