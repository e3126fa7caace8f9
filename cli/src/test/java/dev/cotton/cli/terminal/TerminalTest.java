package dev.cotton.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class TerminalTest {
    @Test
    void noColorIsRespected() {
        assertThat(Terminal.ofProcess(Map.of("NO_COLOR", "1")).features().colour())
                .isFalse();
        assertThat(Terminal.ofProcess(Map.of("TERM", "dumb")).features().colour())
                .isFalse();
        assertThat(Terminal.ofProcess(Map.of("NO_COLOR", "", "TERM", "xterm"))
                        .features()
                        .colour())
                .isTrue();
    }

    @Test
    void nothingIsColouredWithoutATerminal() {
        assertThat(new Paint(false).green("healthy")).isEqualTo("healthy");
        assertThat(new Paint(true).green("healthy")).isEqualTo("\u001b[32mhealthy\u001b[0m");
    }
}
