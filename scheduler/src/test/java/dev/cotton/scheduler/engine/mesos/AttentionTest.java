package dev.cotton.scheduler.engine.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.mesos.Call;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AttentionTest {
    private static final Optional<Call.Type> NOTHING = Optional.empty();
    private static final Optional<Call.Type> REVIVE = Optional.of(Call.Type.REVIVE);
    private static final Optional<Call.Type> SUPPRESS = Optional.of(Call.Type.SUPPRESS);

    private long now = Duration.ofDays(1).toNanos();
    private final Attention attention = new Attention("cotton", Duration.ofMinutes(10), () -> now);

    private void pass(Duration span) {
        now += span.toNanos();
    }

    private Optional<Call.Type> next(boolean wants, int endings) {
        return attention.next(wants, endings).map(Call::type);
    }

    private void fallSilent(int endings) {
        assertThat(next(false, endings)).isEqualTo(NOTHING);
        pass(Duration.ofSeconds(31));
        assertThat(next(false, endings)).isEqualTo(SUPPRESS);
        assertThat(next(false, endings)).isEqualTo(NOTHING);
    }

    @Test
    void hearsOffersWhileSomethingWantsThem() {
        assertThat(next(true, 0)).isEqualTo(REVIVE);
        pass(Duration.ofHours(1));
        assertThat(next(true, 0)).isEqualTo(NOTHING);
        fallSilent(0);
        assertThat(next(true, 0)).isEqualTo(REVIVE);
    }

    @Test
    void hearsThemAgainWhenSomethingHasEnded() {
        fallSilent(0);
        assertThat(next(false, 1)).isEqualTo(REVIVE);
        assertThat(next(false, 1)).isEqualTo(NOTHING);
        fallSilent(1);
    }

    @Test
    void hearsThemFromTimeToTimeForWhatComesBackByItself() {
        fallSilent(0);
        pass(Duration.ofMinutes(9));
        assertThat(next(false, 0)).isEqualTo(NOTHING);
        pass(Duration.ofMinutes(2));
        assertThat(next(false, 0)).isEqualTo(REVIVE);
        fallSilent(0);
    }

    @Test
    void hearsThemAfterEverySubscription() {
        fallSilent(0);
        attention.subscribed();
        pass(Duration.ofSeconds(29));
        assertThat(next(false, 0)).isEqualTo(NOTHING);
        pass(Duration.ofSeconds(2));
        assertThat(next(false, 0)).isEqualTo(SUPPRESS);
    }
}
