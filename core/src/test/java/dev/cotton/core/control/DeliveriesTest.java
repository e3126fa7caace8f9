package dev.cotton.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.InstanceId;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DeliveriesTest {
    private final AtomicLong nanos = new AtomicLong(-7);
    private final Deliveries deliveries = new Deliveries(nanos::get);
    private final Effect first = launch(0);
    private final Effect second = launch(1);

    private static Effect launch(int ordinal) {
        return new Effect.Launch(new InstanceId(new ClusterName("demo"), ordinal), "It needs a place to run.");
    }

    @Test
    void whatWasDeliveredIsDueAgainOnlyAfterAWhile() {
        deliveries.delivered(first);
        assertThat(deliveries.due(List.of(first, second))).containsExactly(second);
        nanos.addAndGet(Deliveries.AGAIN.toNanos() - 1);
        assertThat(deliveries.due(List.of(first))).isEmpty();
        nanos.incrementAndGet();
        assertThat(deliveries.due(List.of(first))).containsExactly(first);
    }

    @Test
    void whatCouldNotBeDeliveredStaysDue() {
        assertThat(deliveries.due(List.of(first))).containsExactly(first);
        assertThat(deliveries.due(List.of(first))).containsExactly(first);
    }

    @Test
    void whatLacksAnotherTimeIsDueAtOnce() {
        deliveries.delivered(first);
        assertThat(deliveries.due(List.of(second))).containsExactly(second);
        assertThat(deliveries.due(List.of(first))).containsExactly(first);
    }
}
