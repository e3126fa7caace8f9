package dev.cotton.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.RestoreTarget;
import dev.cotton.core.wire.ArchivePiece;
import dev.cotton.core.wire.BackupManifest.Encryption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReplayPlanTest {
    private static final String A = "aaaaaaaa-0000-0000-0000-000000000000";
    private static final String B = "bbbbbbbb-0000-0000-0000-000000000000";

    /** A's log has the first ten; B took over after them, and its log has the last five again. */
    private static final ArchivePiece ONE = piece(A, 0, "", A + ":1-5", 1, 5);

    private static final ArchivePiece TWO = piece(A, 500, A + ":1-5", A + ":6-10", 6, 10);
    private static final ArchivePiece AGAIN = piece(B, 0, A + ":1-5", A + ":6-10," + B + ":1-2", 6, 12);
    private static final ArchivePiece LAST = piece(B, 900, A + ":1-10," + B + ":1-2", B + ":3-9", 13, 19);

    private static ArchivePiece piece(
            String server, long begin, String before, String transactions, long first, long last) {
        return new ArchivePiece(
                1,
                "uid-1",
                server,
                "binlog.000001",
                begin,
                begin + 100,
                false,
                GtidSet.parse(before),
                GtidSet.parse(transactions),
                Instant.ofEpochSecond(first),
                Instant.ofEpochSecond(last),
                1,
                "",
                new Encryption("", "", ""));
    }

    private static List<ArchivePiece> plan(String executed, RestoreTarget target, ArchivePiece... pieces) {
        return ReplayPlan.of(List.of(pieces), GtidSet.parse(executed), target).pieces();
    }

    @Test
    void aPieceComesAfterAllThatItsServerHadExecutedBefore() {
        assertThat(plan("", new RestoreTarget.Latest(), LAST, AGAIN, ONE)).containsExactly(ONE, AGAIN, LAST);
        assertThat(plan("", new RestoreTarget.Latest(), LAST, AGAIN, TWO, ONE)).containsExactly(ONE, TWO, AGAIN, LAST);
        assertThat(plan(A + ":1-10," + B + ":1-4", new RestoreTarget.Latest(), LAST, AGAIN, TWO, ONE))
                .containsExactly(LAST);
    }

    @Test
    void nothingIsReadBeyondTheTarget() {
        assertThat(plan("", new RestoreTarget.Before(GtidSet.parse(A + ":7")), LAST, AGAIN, TWO, ONE))
                .containsExactly(ONE, TWO);
        assertThat(plan("", new RestoreTarget.Through(GtidSet.parse(B + ":1")), LAST, AGAIN, TWO, ONE))
                .containsExactly(ONE, TWO, AGAIN);
        assertThat(plan("", new RestoreTarget.Time(Instant.ofEpochSecond(8)), LAST, AGAIN, TWO, ONE))
                .containsExactly(ONE, TWO, AGAIN);
    }

    @Test
    void aGapIsNamed() {
        assertThatThrownBy(() -> plan("", new RestoreTarget.Latest(), LAST, ONE, TWO))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("has the transactions " + B + ":1-2, which come before");
        assertThatThrownBy(() -> plan("", new RestoreTarget.Time(Instant.ofEpochSecond(11)), LAST, ONE, TWO))
                .hasMessageContaining("has the transactions " + B + ":1-2");
        assertThat(plan("", new RestoreTarget.Time(Instant.ofEpochSecond(5)), LAST, ONE, TWO))
                .containsExactly(ONE);
    }

    @Test
    void aTargetThatIsNotInTheArchiveIsRefused() {
        assertThatThrownBy(() -> plan("", new RestoreTarget.Time(Instant.ofEpochSecond(20)), ONE, LAST))
                .hasMessageContaining("The archive reaches until 1970-01-01T00:00:19Z.");
        assertThatThrownBy(() -> plan("", new RestoreTarget.Through(GtidSet.parse(B + ":10")), ONE, LAST))
                .hasMessageContaining("No object of the archive has the transaction " + B + ":10.");
        assertThatThrownBy(() -> plan(A + ":1-3", new RestoreTarget.Before(GtidSet.parse(A + ":3")), ONE))
                .hasMessageContaining("Choose an older backup");
    }
}
