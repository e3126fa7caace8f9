package dev.cotton.scheduler.rest.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.Event;
import dev.cotton.scheduler.fleet.Fleet.Happened;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RecentEventsTest {
    private final RecentEvents recent = new RecentEvents();

    private void happen(long term, int times) {
        for (int i = 0; i < times; i++) {
            recent.add(
                    term,
                    new Happened(
                            new ClusterName("demo"),
                            new Event(1, Instant.EPOCH, Event.Kind.MEMBER_IN_SYNC, Optional.empty(), "x")));
        }
    }

    @Test
    void knowsWhatCameAfterAnId() {
        happen(7, 3);

        assertThat(recent.position(7)).isEqualTo("7-3");
        assertThat(recent.after(7, "7-1").orElseThrow())
                .extracting(NumberedEvent::id)
                .containsExactly("7-2", "7-3");
        assertThat(recent.after(7, "7-3"))
                .hasValueSatisfying(events -> assertThat(events).isEmpty());
    }

    @Test
    void saysWhenSomeOfItIsForgotten() {
        happen(7, RecentEvents.KEPT + 2);

        assertThat(recent.after(7, "7-2").orElseThrow()).hasSize(RecentEvents.KEPT);
        assertThat(recent.after(7, "7-1")).isEmpty();
    }

    @Test
    void knowsNothingOfOtherTermsAndOfIdsThatItNeverGave() {
        happen(7, 3);

        assertThat(recent.after(7, "6-3")).isEmpty();
        assertThat(recent.after(7, "7-4")).isEmpty();
        assertThat(recent.after(7, "demo/3")).isEmpty();
        assertThat(recent.after(8, "7-3")).isEmpty();
        assertThat(recent.position(8)).isEqualTo("8-0");
    }
}
