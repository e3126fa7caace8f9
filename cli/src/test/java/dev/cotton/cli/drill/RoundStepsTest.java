package dev.cotton.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.cli.drill.RoundResult.Step;
import dev.cotton.cli.writers.History;
import dev.cotton.cli.writers.Insert;
import dev.cotton.cli.writers.Insert.Reign;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class RoundStepsTest {
    private static final Reign FIRST = new Reign("demo-0", "uuid-0", 1);
    private static final Reign SECOND = new Reign("demo-1", "uuid-1", 2);

    @Test
    void aLongerGapWhenAMemberComesBackIsNotWhenWritesAreBack() {
        History history = new History(List.of(
                acked(1, 990, FIRST), acked(2, 1400, SECOND), acked(3, 19_000, SECOND), acked(4, 19_700, SECOND)));

        assertThat(steps(OptionalLong.empty(), 20_000).of(List.of(), history))
                .extracting(Step::name, Step::after)
                .containsExactly(
                        tuple("first write sent to another server", 399),
                        tuple(RoundResult.BACK, 400),
                        tuple(RoundResult.LATER_GAP, 18_000),
                        tuple(RoundResult.WHOLE, 19_000));
    }

    @Test
    void writesAreBackAtTheSamePrimaryAfterTheLongestGapOfTheFault() {
        History history = new History(
                List.of(acked(1, 990, FIRST), acked(2, 5000, FIRST), acked(3, 5100, FIRST), acked(4, 20_000, FIRST)));

        assertThat(steps(OptionalLong.of(millis(5050)), 20_000).of(List.of(), history))
                .extracting(Step::name, Step::after)
                .containsExactly(
                        tuple(RoundResult.BACK, 4000),
                        tuple(RoundResult.RELIEVED, 4050),
                        tuple(RoundResult.LATER_GAP, 19_000),
                        tuple(RoundResult.WHOLE, 19_000));
    }

    private static RoundSteps steps(OptionalLong relieved, long end) {
        return new RoundSteps(Instant.EPOCH, millis(1000), millis(end), relieved, true);
    }

    private static org.assertj.core.groups.Tuple tuple(String name, long afterMillis) {
        return org.assertj.core.groups.Tuple.tuple(name, Duration.ofMillis(afterMillis));
    }

    private static Insert acked(long id, long millis, Reign reign) {
        return new Insert(id, millis(millis - 1), millis(millis), reign, true);
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
