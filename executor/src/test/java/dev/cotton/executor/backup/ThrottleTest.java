package dev.cotton.executor.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.DataSize;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ThrottleTest {
    private static final int MEGABYTE = 1 << 20;

    @Test
    void aSecondsWorthTakesASecond() {
        Throttle throttle = new Throttle(Optional.of(DataSize.ofMegabytes(8)), 0);
        long now = 0;
        for (int i = 0; i < 16; i++) {
            now += throttle.after(MEGABYTE, now).toNanos();
        }
        assertThat(Duration.ofNanos(now)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void whoIsSlowerByHimselfDoesNotPause() {
        Throttle throttle = new Throttle(Optional.of(DataSize.ofMegabytes(1)), 0);
        assertThat(throttle.after(MEGABYTE, Duration.ofSeconds(1).toNanos())).isLessThan(Duration.ofSeconds(1));
        assertThat(throttle.after(MEGABYTE, Duration.ofSeconds(9).toNanos()))
                .isBetween(Duration.ofMillis(850), Duration.ofSeconds(1));
    }

    @Test
    void thereMayBeNone() {
        assertThat(new Throttle(Optional.empty(), 0).after(Integer.MAX_VALUE, 0))
                .isZero();
    }
}
