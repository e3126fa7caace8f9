package dev.cotton.core.control;

import static dev.cotton.core.control.Theatre.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Member;
import dev.cotton.core.port.Executors.Heard;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The primary of the theatre reports that nobody is attached to it. */
class DetachmentsTest {
    private final Theatre stage = new Theatre(2).settle();
    private final Detachments detachments = new Detachments();

    private Map<InstanceId, Duration> spans(ClusterRecord record, long second) {
        Map<InstanceId, Heard> heard = new HashMap<>();
        stage.observe().members().forEach((id, sight) -> sight.heard().ifPresent(known -> heard.put(id, known)));
        return detachments.spans(record, heard, Duration.ofSeconds(second));
    }

    private static ClusterRecord with(ClusterRecord record, Member.Stage stage) {
        return record.with(change -> change.member(id(1), member -> member.withStage(stage)));
    }

    @Test
    void anInSyncReplicaThatThePrimaryDoesNotSeeIsDetachedFromThenOn() {
        assertThat(spans(stage.record, 100)).containsExactly(Map.entry(id(1), Duration.ZERO));
        assertThat(spans(stage.record, 105)).containsExactly(Map.entry(id(1), Duration.ofSeconds(5)));
    }

    @Test
    void whatWasSoBeforeAMemberWasInSyncDoesNotCountAgainstIt() {
        assertThat(spans(with(stage.record, Member.Stage.DETACHED), 100)).isEmpty();
        assertThat(spans(with(stage.record, Member.Stage.FOLLOWING), 200)).isEmpty();
        assertThat(spans(stage.record, 201)).containsExactly(Map.entry(id(1), Duration.ZERO));
    }

    @Test
    void aPrimaryThatSaysNothingIsNoEvidence() {
        spans(stage.record, 100);
        stage.tweak(id(0), Theatre::silent);
        assertThat(spans(stage.record, 150)).isEmpty();
        stage.obey(id(0));
        assertThat(spans(stage.record, 151)).containsExactly(Map.entry(id(1), Duration.ZERO));
    }
}
