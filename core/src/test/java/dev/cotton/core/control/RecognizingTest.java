package dev.cotton.core.control;

import static dev.cotton.core.control.Theatre.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.control.Assessment.State;
import dev.cotton.core.model.Member.Stage;
import dev.cotton.core.model.Recovered;
import dev.cotton.core.model.Stamp;
import dev.cotton.core.wire.Lifecycle;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records that were brought back from a copy. */
class RecognizingTest {
    private final Theatre stage = new Theatre(3).settle();

    private void bringBack(long epoch, long version) {
        stage.record =
                stage.record.with(change -> change.recovered(Optional.of(new Recovered(Instant.EPOCH, epoch, version)))
                        .version(stage.record.version() + 1));
        stage.tweak(id(1), sight -> Theatre.reporting(sight, status -> Theatre.seen(status, new Stamp(9, 2, 30))));
        stage.tweak(id(0), sight -> Theatre.reporting(sight, status -> Theatre.seen(status, new Stamp(7, 2, 29))));
        stage.tweak(id(2), sight -> Theatre.reporting(sight, status -> Theatre.seen(status, new Stamp(1, 1, 40))));
    }

    @ParameterizedTest
    @CsvSource({"2, 30", "2, 31", "3, 1"})
    void itIsLookedAfterOnceNobodyHasSeenAnythingNewer(long epoch, long version) {
        bringBack(epoch, version);
        assertThat(stage.step().orElseThrow()).contains("the cluster is looked after again");
        assertThat(stage.record.recovered()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2, 29", "1, 40"})
    void nothingIsDoneWhenAMemberHasSeenSomethingNewer(long epoch, long version) {
        bringBack(epoch, version);
        assertThat(stage.step()).isEmpty();
        assertThat(stage.planner.effects(stage.record, stage.observe())).isEmpty();
        assertThat(stage.assess().state()).isEqualTo(State.BLOCKED);
        assertThat(stage.assess().why()).contains("demo-1 has seen newer orders");
    }

    @Test
    void nothingIsDoneBeforeEverybodyWasHeard() {
        bringBack(3, 1);
        stage.tweak(id(2), Theatre::silent);
        assertThat(stage.step()).isEmpty();
        assertThat(stage.planner.effects(stage.record, stage.observe())).isEmpty();
        assertThat(stage.assess().why()).contains("demo-2 has not said yet");
    }

    @Test
    void nothingIsDoneWhenAMemberHasOtherData() {
        bringBack(3, 1);
        stage.tweak(
                id(2),
                sight -> Theatre.reporting(
                        sight,
                        status -> Theatre.withData(
                                status, Optional.of(Theatre.incarnation(id(2), 2)), Lifecycle.RUNNING)));
        assertThat(stage.step()).isEmpty();
        assertThat(stage.assess().why()).contains("demo-2 has other data than it had then");
    }

    @Test
    void whoIsNotInSyncNeedNotAnswer() {
        stage.record = stage.record.with(change -> change.member(id(2), member -> member.withStage(Stage.DETACHED)));
        bringBack(3, 1);
        stage.tweak(id(2), Theatre::silent);
        assertThat(stage.step().orElseThrow()).contains("the cluster is looked after again");
    }

    @Test
    void aClusterThatWasBeingCreatedIsNotCreatedAgain() {
        Theatre beginning = new Theatre(1);
        beginning.record =
                beginning.record.with(change -> change.recovered(Optional.of(new Recovered(Instant.EPOCH, 0, 1))));
        assertThat(beginning.step()).isEmpty();
        assertThat(beginning.assess().why()).contains("it had no primary then");
    }
}
