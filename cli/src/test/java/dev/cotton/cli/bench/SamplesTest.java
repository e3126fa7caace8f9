package dev.cotton.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SamplesTest {
    @Test
    void theMedianIsTheMiddleOneOrTheMeanOfTheTwoInTheMiddle() {
        assertThat(seconds(9, 1, 2).median()).isEqualTo(Duration.ofSeconds(2));
        assertThat(seconds(4, 1, 2, 100).median()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void fiveOfAHundredRoundsAreAboveP95() {
        Samples hundred = seconds(IntStream.rangeClosed(1, 100).toArray());

        assertThat(hundred.p95()).isEqualTo(Duration.ofSeconds(95));
        assertThat(hundred.max()).isEqualTo(Duration.ofSeconds(100));
        assertThat(seconds(3, 7).p95()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void theRatioIsThatOfTheMedians() {
        assertThat(seconds(3, 3, 50).ratioTo(seconds(2, 2, 2))).isCloseTo(1.5, within(1e-9));
    }

    @Test
    void noRoundsAreRefused() {
        assertThatThrownBy(() -> new Samples(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static Samples seconds(int... seconds) {
        return new Samples(IntStream.of(seconds).mapToObj(Duration::ofSeconds).toList());
    }
}
