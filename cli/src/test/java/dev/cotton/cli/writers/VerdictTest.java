package dev.cotton.cli.writers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class VerdictTest {
    @Test
    void allIsWellWhenEveryMemberHasEveryAcknowledgedRowOnce() {
        Verdict verdict = Verdict.of(ids(1, 2, 3), Map.of("demo-0", rows(1, 2, 3), "demo-1", rows(3, 2, 1)));

        assertThat(verdict.clean()).isTrue();
        assertThat(verdict.complaints()).isEmpty();
    }

    @Test
    void anAcknowledgedRowThatOneMemberLacksIsLost() {
        Verdict verdict = Verdict.of(ids(1, 2, 3), Map.of("demo-0", rows(1, 2, 3), "demo-1", rows(1, 3)));

        assertThat(verdict.clean()).isFalse();
        assertThat(verdict.lost()).isEqualTo(1);
        assertThat(verdict.complaints()).containsExactly("demo-1 lacks 1 acknowledged rows");
    }

    @Test
    void aRowThatIsThereTwiceIsFound() {
        Verdict verdict = Verdict.of(ids(1, 2), Map.of("demo-0", rows(1, 2, 2), "demo-1", rows(1, 2)));

        assertThat(verdict.clean()).isFalse();
        assertThat(verdict.doubled()).isEqualTo(1);
        assertThat(verdict.complaints()).containsExactly("1 rows are there more than once");
    }

    @Test
    void aRowThatNobodyWasToldOfIsAllowed() {
        Verdict verdict = Verdict.of(ids(1), Map.of("demo-0", rows(1, 7), "demo-1", rows(1, 7)));

        assertThat(verdict.clean()).isTrue();
        assertThat(verdict.unanswered()).isEqualTo(1);
    }

    private static BitSet ids(int... ids) {
        BitSet set = new BitSet();
        for (int id : ids) {
            set.set(id);
        }
        return set;
    }

    private static Verdict.Rows rows(int... ids) {
        Verdict.Rows rows = new Verdict.Rows();
        for (int id : ids) {
            rows.add(id);
        }
        return rows;
    }
}
