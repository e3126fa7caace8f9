package dev.cotton.core.control;

import static dev.cotton.core.control.Theatre.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.control.Observation.Sight;
import dev.cotton.core.model.Member;
import dev.cotton.core.port.Executors.Heard;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Replicas that vanish without a word: the primary still sees them, because TCP gives up late. */
class LeavingTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private static Sight silent(Sight sight, Duration span) {
        return new Sight(
                sight.place(), Optional.of(new Heard(Optional.empty(), span, false, "no answer")), sight.detached());
    }

    @Test
    void itLeavesAfterAWhileWhenAnotherReplicaAnswers() {
        Theatre stage = new Theatre(3).settle();
        stage.tweak(id(2), sight -> silent(sight, Leaving.UNREACHED));
        stage.settle();
        assertThat(stage.record.inSync()).hasSize(3);
        stage.tweak(id(2), sight -> silent(sight, LONG));
        stage.settle();
        assertThat(stage.record.inSync()).extracting(Member::id).containsExactly(id(0), id(1));
        assertThat(stage.record.ackCount()).isEqualTo(1);
    }

    @Test
    void theLastOnesStayWhileCommitsSucceedBecauseItMayBeTheSchedulerThatIsCutOff() {
        Theatre stage = new Theatre(3).settle();
        stage.tweak(id(1), sight -> silent(sight, LONG));
        stage.tweak(id(2), sight -> silent(sight, LONG));
        stage.settle();
        assertThat(stage.record.inSync()).hasSize(3);
    }

    @Test
    void theLastOnesLeaveTogetherWhenCommitsWait() {
        Theatre stage = new Theatre(3).settle();
        stage.tweak(id(0), sight -> Theatre.reporting(sight, status -> Theatre.waiting(status, LONG)));
        stage.tweak(id(1), sight -> silent(sight, LONG));
        stage.tweak(id(2), sight -> silent(sight, LONG));
        stage.settle();
        assertThat(stage.record.inSync()).extracting(Member::id).containsExactly(id(0));
        assertThat(stage.record.ackCount()).isZero();
    }
}
