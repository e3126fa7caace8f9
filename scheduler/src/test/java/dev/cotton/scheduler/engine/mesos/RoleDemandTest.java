package dev.cotton.scheduler.engine.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.mesos.Call;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RoleDemandTest {
    private final AtomicLong clock = new AtomicLong();
    private final RoleDemand demand = new RoleDemand(clock::get);

    @BeforeEach
    void subscribe() {
        demand.subscribed(List.of("cotton", "web"));
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    void revivesOnlyTheRoleInWhichSomethingIsWantedAndOnlyOnce() {
        assertThat(demand.want(Set.of("web"))).containsExactly(new Call.Revive(List.of("web")));
        assertThat(demand.want(Set.of("web"))).isEmpty();
    }

    @Test
    void suppressesARoleInWhichNothingWasOfUseForAWhile() {
        demand.want(Set.of("web"));
        pass(Duration.ofSeconds(31));
        assertThat(demand.want(Set.of("web"))).containsExactly(new Call.Suppress(List.of("cotton")));
        assertThat(demand.want(Set.of())).isEmpty();
        pass(Duration.ofSeconds(29));
        assertThat(demand.want(Set.of())).isEmpty();
        pass(Duration.ofSeconds(2));
        assertThat(demand.want(Set.of())).containsExactly(new Call.Suppress(List.of("web")));
        assertThat(demand.suppressed()).containsExactly("cotton", "web");
    }

    @Test
    void revivesASuppressedRoleWhenItIsWantedAgain() {
        pass(Duration.ofSeconds(31));
        demand.want(Set.of());
        assertThat(demand.want(Set.of("cotton"))).containsExactly(new Call.Revive(List.of("cotton")));
        assertThat(demand.suppressed()).containsExactly("web");
    }

    @Test
    void saysNothingOfARoleThatTheFrameworkIsNotIn() {
        assertThat(demand.want(Set.of("other"))).isEmpty();
        assertThat(demand.revived("other")).isEmpty();
        demand.added("other");
        assertThat(demand.want(Set.of("other"))).containsExactly(new Call.Revive(List.of("other")));
    }

    @Test
    void beginsAnewWithEverySubscription() {
        pass(Duration.ofSeconds(31));
        demand.want(Set.of());
        demand.subscribed(List.of("cotton", "web"));
        assertThat(demand.suppressed()).isEmpty();
        assertThat(demand.want(Set.of())).isEmpty();
    }
}
