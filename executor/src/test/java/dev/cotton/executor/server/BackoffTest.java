package dev.cotton.executor.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BackoffTest {
    @Test
    void waitsLongerAfterEachQuickEnd() {
        List<Long> pauses = Stream.iterate(Backoff.NONE, backoff -> backoff.after(Duration.ofSeconds(1)))
                .skip(1)
                .limit(9)
                .map(backoff -> backoff.pause().toSeconds())
                .toList();
        assertThat(pauses).containsExactly(0L, 1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
    }

    @Test
    void forgivesAfterAGoodRun() {
        Backoff backoff = Backoff.NONE;
        for (int i = 0; i < 100; i++) {
            backoff = backoff.after(Duration.ZERO);
        }
        assertThat(backoff.pause()).isEqualTo(Duration.ofSeconds(30));
        assertThat(backoff.after(Duration.ofMinutes(1)).pause()).isZero();
    }
}
