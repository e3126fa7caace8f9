package dev.cotton.core.control;

import static dev.cotton.core.control.Theatre.id;
import static dev.cotton.core.control.Theatre.reporting;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a primary is held for dead by whose executor hangs, or whose disk takes nothing, while its mysqld greets. */
final class DeathTest {
    private static final Duration LONG = Duration.ofSeconds(11);
    private static final Duration SHORT = Duration.ofSeconds(9);

    private final Theatre stage = new Theatre(3).settle();

    private Optional<String> evidence() {
        return Death.evidence(new Situation(stage.record, stage.observe()));
    }

    private void unfed(int ordinal, Duration span) {
        stage.tweak(id(ordinal), sight -> reporting(sight, status -> Theatre.unfed(status, span)));
    }

    @Test
    void aSilentExecutorAloneIsNoEvidence() {
        stage.tweak(id(0), Theatre::silent);
        assertThat(evidence()).isEmpty();
    }

    @Test
    void aSilentExecutorWhoseMysqldSendsNothingToAMajorityIsEvidence() {
        stage.tweak(id(0), Theatre::silent);
        unfed(1, LONG);
        assertThat(evidence()).isEmpty();
        unfed(2, SHORT);
        assertThat(evidence()).isEmpty();
        unfed(2, LONG);
        assertThat(evidence())
                .hasValueSatisfying(why ->
                        assertThat(why).contains("demo-0 does not answer", "demo-1", "demo-2", "were sent nothing"));
    }

    @Test
    void theEvidenceSaysOfEachReplicaWhatItSaw() {
        stage.tweak(id(0), Theatre::silent);
        unfed(1, LONG);
        stage.tweak(id(2), sight -> reporting(sight, status -> Theatre.deaf(status, Duration.ofSeconds(3))));
        assertThat(evidence())
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("demo-2 had no sign of life", "demo-1 were sent nothing")
                        .doesNotContain("demo-2 were sent nothing"));
    }

    @Test
    void anExecutorThatAnswersAndWhoseCommitsComeBackIsNoEvidence() {
        unfed(1, LONG);
        unfed(2, LONG);
        assertThat(evidence()).isEmpty();
    }

    @Test
    void commitsThatWaitWhileNothingIsSentToAnyReplicaAreEvidence() {
        Set<Integer> both = Set.of(stage.member(1).slot(), stage.member(2).slot());
        stage.tweak(id(0), sight -> reporting(sight, status -> Theatre.attached(Theatre.waiting(status, LONG), both)));
        unfed(1, LONG);
        assertThat(evidence()).isEmpty();
        unfed(2, LONG);
        assertThat(evidence()).hasValueSatisfying(why -> assertThat(why).contains("Commits wait", "were sent nothing"));
    }
}
