package dev.cotton.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpansTest {
    @ParameterizedTest
    @CsvSource({
        "PT0S, 0.0 s",
        "PT4.24S, 4.2 s",
        "PT4.25S, 4.3 s",
        "PT59.94S, 59.9 s",
        "PT59.96S, 1 min 0 s",
        "PT3M5S, 3 min 5 s",
        "PT2H10M, 2 h 10 min"
    })
    void exactBelowAMinute(Duration span, String text) {
        assertThat(Spans.of(span)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"PT59S, 59 s", "PT61S, 1 min", "PT130M, 2 h 10 min", "P5DT3H, 5 d 3 h"})
    void roughlyTheLargestUnits(Duration span, String text) {
        assertThat(Spans.rough(span)).isEqualTo(text);
    }
}
