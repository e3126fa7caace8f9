package dev.cotton.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.RestoreTarget;
import dev.cotton.core.model.Stamp;
import dev.cotton.core.wire.ArchiveReport.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ArchiveOrderTest {
    private static final String SECRET = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String SERVER = "aaaaaaaa-0000-0000-0000-000000000000";
    private static final ArchivePlace PLACE =
            new ArchivePlace("s3://bucket/folder?secret-file=/etc/key", "demo/binlogs", "uid-1");
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    private static ArchiveOrder order(long version) {
        return new ArchiveOrder(
                new Stamp(1, 1, version), PLACE, new DataKey(SECRET, "key-1", "wrapped"), GtidSet.EMPTY);
    }

    private static ArchiveReport report(String archived, String trouble) {
        return new ArchiveReport(
                Phase.RUNNING,
                GtidSet.parse(archived),
                Optional.of(NOON),
                NOON,
                Duration.ZERO,
                new DataSize(archived.length()),
                trouble);
    }

    @Test
    void whatIsShownHasNeitherTheKeyNorTheSettings() {
        Replay replay =
                new Replay(PLACE, new DataKey(SECRET, "key-1", "wrapped"), new RestoreTarget.Latest(), GtidSet.EMPTY);
        for (Object shown : new Object[] {order(1), replay}) {
            assertThat(shown.toString())
                    .contains("s3://bucket/folder demo/binlogs", "key-1")
                    .doesNotContain(SECRET)
                    .doesNotContain("secret-file");
        }
    }

    @Test
    void theSameOrderOfAnotherSchedulerIsTheSame() {
        assertThat(order(1).sameAs(order(2))).isTrue();
        ArchiveOrder another = new ArchiveOrder(
                Stamp.NONE, PLACE, new DataKey(SECRET, "key-1", "wrapped"), GtidSet.parse(SERVER + ":1"));
        assertThat(order(1).sameAs(another)).isFalse();
    }

    @Test
    void keysAreInTheOrderOfTheLogAndDataAreBoundToThem() {
        String data = ArchivePiece.data(PLACE, SERVER, "binlog.000007", 0, 1234);
        assertThat(data)
                .isEqualTo(
                        "demo/binlogs/" + SERVER + "/binlog.000007/00000000000000000000-00000000000000001234.zst.enc");
        assertThat(ArchivePiece.description(data)).endsWith("-00000000000000001234.json");
        assertThat(PLACE.binding(data))
                .isEqualTo("cotton/archive/1/uid-1/" + SERVER
                        + "/binlog.000007/00000000000000000000-00000000000000001234.zst.enc");
    }

    @Test
    void theLagGrowsWithTimeAndIsNeverNegative() {
        assertThat(report("", "").at(NOON.plusSeconds(3)).lag()).isEqualTo(Duration.ofSeconds(3));
        assertThat(report("", "").at(NOON.minusSeconds(3)).lag()).isZero();
    }

    @Test
    void eachTransactionIsNoNewsAndTroubleIs() {
        ArchiveReport first = report(SERVER + ":1", "");
        assertThat(report(SERVER + ":1-2000", "").inSteps()).isEqualTo(first.inSteps());
        assertThat(report(SERVER + ":1", "The store is full.").inSteps()).isNotEqualTo(first.inSteps());
    }

    @Test
    void aReplayEndsAtOneTransaction() {
        assertThatThrownBy(() -> new RestoreTarget.Before(GtidSet.parse(SERVER + ":1-2")))
                .hasMessage("one transaction is meant, not '" + SERVER + ":1-2'.");
    }
}
