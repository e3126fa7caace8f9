package dev.cotton.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConvertersTest {
    @ParameterizedTest
    @CsvSource({
        "90, PT90S",
        "90s, PT90S",
        "5m, PT5M",
        "5min, PT5M",
        "2h, PT2H",
        "7d, PT168H",
        "250ms, PT0.25S",
        "PT1M, PT1M"
    })
    void readsSpans(String text, Duration span) {
        assertThat(Converters.span(text)).isEqualTo(span);
    }

    @Test
    void saysWhatASpanIs() {
        assertThatThrownBy(() -> Converters.span("soon"))
                .hasMessage("'soon' is not a span of time, for instance 90s, 5m or 7d.");
    }
}
