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
    private final RoleDemand demand = new RoleDemand(Duration.ofMinutes(10), clock::get);

    @BeforeEach
    void subscribe() {
        demand.subscribed(List.of("cotton", "web"));
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    void revivesOnlyTheRoleInWhichSomethingIsWantedAndOnlyOnce() {
        assertThat(demand.next(Set.of("web"), 0)).containsExactly(new Call.Revive(List.of("web")));
        assertThat(demand.next(Set.of("web"), 0)).isEmpty();
    }

    @Test
    void suppressesARoleInWhichNothingWasOfUseForAWhile() {
        demand.next(Set.of("web"), 0);
        pass(Duration.ofSeconds(31));
        assertThat(demand.next(Set.of("web"), 0)).containsExactly(new Call.Suppress(List.of("cotton")));
        assertThat(demand.next(Set.of(), 0)).isEmpty();
        pass(Duration.ofSeconds(29));
        assertThat(demand.next(Set.of(), 0)).isEmpty();
        pass(Duration.ofSeconds(2));
        assertThat(demand.next(Set.of(), 0)).containsExactly(new Call.Suppress(List.of("web")));
        assertThat(demand.suppressed()).containsExactly("cotton", "web");
    }

    @Test
    void revivesASuppressedRoleWhenItIsWantedAgain() {
        pass(Duration.ofSeconds(31));
        demand.next(Set.of(), 0);
        assertThat(demand.next(Set.of("cotton"), 0)).containsExactly(new Call.Revive(List.of("cotton")));
        assertThat(demand.suppressed()).containsExactly("web");
    }

    @Test
    void saysNothingOfARoleThatTheFrameworkIsNotIn() {
        assertThat(demand.next(Set.of("other"), 0)).isEmpty();
        assertThat(demand.wish("other")).isEmpty();
        demand.added("other");
        assertThat(demand.next(Set.of("other"), 0)).containsExactly(new Call.Revive(List.of("other")));
    }

    @Test
    void beginsAnewWithEverySubscription() {
        pass(Duration.ofSeconds(31));
        demand.next(Set.of(), 0);
        demand.subscribed(List.of("cotton", "web"));
        assertThat(demand.suppressed()).isEmpty();
        assertThat(demand.next(Set.of(), 0)).isEmpty();
    }

    @Test
    void hearsOffersOfEveryRoleAgainWhenSomethingHasEnded() {
        pass(Duration.ofSeconds(31));
        demand.next(Set.of(), 0);
        assertThat(demand.next(Set.of(), 1))
                .containsExactly(new Call.Revive(List.of("cotton")), new Call.Revive(List.of("web")));
        assertThat(demand.suppressed()).isEmpty();
    }

    @Test
    void hearsThemFromTimeToTimeForWhatComesBackByItself() {
        pass(Duration.ofSeconds(31));
        demand.next(Set.of("web"), 0);
        pass(Duration.ofMinutes(11));
        assertThat(demand.next(Set.of("web"), 0)).containsExactly(new Call.Revive(List.of("cotton")));
    }
}
