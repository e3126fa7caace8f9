package dev.cotton.cli.writers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.cli.writers.Insert.Reign;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class HistoryTest {
    private static final Reign FIRST = new Reign("demo-0", "uuid-0", 1);
    private static final Reign SECOND = new Reign("demo-1", "uuid-1", 2);

    @Test
    void theGapIsTheLongestTimeBetweenAcknowledgedWritesAfterTheFault() {
        History history = new History(List.of(
                acked(1, 0, 10, FIRST), failed(2, 10, 500), acked(3, 400, 510, SECOND), acked(4, 510, 600, SECOND)));

        History.Gap gap = history.longestGap(100, 600);

        assertThat(gap.span()).isEqualTo(Duration.ofNanos(500));
        assertThat(gap.ended()).isEqualTo(510);
        assertThat(gap.over()).isTrue();
    }

    @Test
    void whatIsBeforeTheFaultIsNoGap() {
        History history =
                new History(List.of(acked(1, 0, 10, FIRST), acked(2, 900, 1000, FIRST), acked(3, 1000, 1010, FIRST)));

        assertThat(history.longestGap(1005, 1010).span()).isEqualTo(Duration.ofNanos(10));
    }

    @Test
    void aGapThatDoesNotEndLastsUntilTheEnd() {
        History history = new History(List.of(acked(1, 0, 10, FIRST)));

        History.Gap gap = history.longestGap(100, 5100);

        assertThat(gap.over()).isFalse();
        assertThat(gap.span()).isEqualTo(Duration.ofNanos(5000));
    }

    @Test
    void oneServerAfterTheOtherIsNoOverlapWhileAnInsertIsUnderWay() {
        History history =
                new History(List.of(acked(1, 0, 10, FIRST), acked(2, 5, 100, FIRST), acked(3, 40, 60, SECOND)));

        assertThat(history.overlaps()).isEmpty();
    }

    @Test
    void anAcknowledgementOfTheFormerPrimaryAfterOneOfTheNewPrimaryIsFound() {
        History history =
                new History(List.of(acked(1, 0, 10, FIRST), acked(2, 20, 30, SECOND), acked(3, 40, 50, FIRST)));

        assertThat(history.overlaps())
                .containsExactly("demo-0 (epoch 1) and demo-1 (epoch 2) acknowledged writes at the same time");
    }

    @Test
    void aServerThatIsPrimaryAgainInALaterEpochIsNoOverlap() {
        Reign again = new Reign("demo-0", "uuid-0", 3);
        History history =
                new History(List.of(acked(1, 0, 10, FIRST), acked(2, 20, 30, SECOND), acked(3, 40, 50, again)));

        assertThat(history.overlaps()).isEmpty();
    }

    @Test
    void onlyAcknowledgedRowsHaveToBeThere() {
        BitSet known = new BitSet();

        new History(List.of(acked(1, 0, 10, FIRST), failed(2, 10, 20))).addAcknowledgedTo(known);

        assertThat(known.stream()).containsExactly(1);
    }

    @Test
    void theFirstWriteToAnotherServerCountsWhetherAcknowledgedOrNot() {
        History history = new History(List.of(
                acked(1, 0, 10, FIRST),
                new Insert(2, 130, 140, SECOND, false),
                failed(3, 110, 500),
                acked(4, 150, 160, SECOND)));

        assertThat(history.firstSentToAnotherServer(100)).hasValue(130);
        assertThat(history.firstAcknowledgedByAnotherServer(100)).hasValue(160);
    }

    @Test
    void aLongerTimeWithoutWritesThatBeganAfterTheEndDoesNotCount() {
        History history = new History(List.of(
                acked(1, 0, 10, FIRST), acked(2, 40, 50, FIRST), acked(3, 60, 70, FIRST), acked(4, 60, 300, FIRST)));

        assertThat(history.longestGap(20, 60)).isEqualTo(new History.Gap(10, 50, true));
        assertThat(history.longestGap(20, 300)).isEqualTo(new History.Gap(70, 300, true));
    }

    @Test
    void aServerThatAcknowledgesToAClientThatStayedWhileAnotherOneIsThePrimaryIsFound() {
        Reign staying = new Reign("demo-0", "uuid-0", OptionalLong.empty());
        List<Insert> before = List.of(
                acked(1, 0, 10, FIRST), acked(2, 5, 15, staying), acked(3, 40, 50, SECOND), acked(4, 60, 70, SECOND));

        assertThat(new History(before).overlaps()).isEmpty();
        assertThat(new History(Stream.concat(before.stream(), Stream.of(acked(5, 52, 55, staying)))
                                .toList())
                        .overlaps())
                .containsExactly(
                        "demo-1 (epoch 2) and demo-0 (asked by a client that never leaves it) acknowledged writes"
                                + " at the same time");
    }

    @Test
    void clientsThatStayDoNotShortenTheGap() {
        Reign staying = new Reign("demo-1", "uuid-1", OptionalLong.empty());
        History history =
                new History(List.of(acked(1, 0, 10, FIRST), acked(2, 40, 50, staying), acked(3, 80, 90, SECOND)));

        assertThat(history.longestGap(20, 90).span()).isEqualTo(Duration.ofNanos(80));
    }

    private static Insert acked(long id, long begun, long ended, Reign reign) {
        return new Insert(id, begun, ended, reign, true);
    }

    private static Insert failed(long id, long begun, long ended) {
        return new Insert(id, begun, ended, FIRST, false);
    }
}
