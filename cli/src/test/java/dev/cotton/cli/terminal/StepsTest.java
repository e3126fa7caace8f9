package dev.cotton.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class StepsTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final InstantSource clock = now::get;

    @Test
    void plainLinesSayEverythingOnceWithTheTimeSinceTheBeginning() {
        try (Steps steps = on(Terminal.Features.NONE, OutputFormat.TEXT)) {
            steps.begin("Creating demo");
            after(Duration.ofMillis(1200));
            steps.at("It is creating.", OptionalDouble.of(0.1));
            steps.at("It is creating.", OptionalDouble.of(0.2));
            after(Duration.ofMillis(2300));
            steps.done("demo is healthy");
        }

        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("""
                  0.0 s  Creating demo ...
                  1.2 s  It is creating.
                  3.5 s  demo is healthy
                """);
    }

    @Test
    void plainLinesNameTheStepThatFailed() {
        try (Steps steps = on(Terminal.Features.NONE, OutputFormat.TEXT)) {
            steps.failed();
            steps.begin("Creating demo");
            steps.failed();
        }

        assertThat(written.toString(StandardCharsets.UTF_8).lines())
                .last()
                .asString()
                .endsWith("Creating demo: failed");
    }

    @Test
    void aPersonSeesOneLinePerStepWithItsOwnTime() {
        try (Steps steps = on(new Terminal.Features(true, true, true, false), OutputFormat.TEXT)) {
            steps.begin("Fetching MySQL");
            after(Duration.ofSeconds(2));
            steps.at("unpacking", OptionalDouble.of(0.5));
            steps.begin("Creating demo");
            after(Duration.ofSeconds(3));
            steps.failed();
        }

        assertThat(linesThatStay()).containsExactly("✓   2.0 s  Fetching MySQL", "✗   3.0 s  Creating demo");
        assertThat(written.toString(StandardCharsets.UTF_8))
                .contains("Fetching MySQL  ━━━━━━━━━━────────── 50 %  unpacking");
    }

    @Test
    void aStepUnderWayIsLeftOnALineOfItsOwn() {
        try (Steps steps = on(new Terminal.Features(true, true, true, false), OutputFormat.TEXT)) {
            steps.begin("Creating demo");
        }

        assertThat(written.toString(StandardCharsets.UTF_8)).endsWith(System.lineSeparator());
    }

    @Test
    void withJsonNothingIsShown() {
        try (Steps steps = on(new Terminal.Features(true, true, true, true), OutputFormat.JSON)) {
            steps.begin("Creating demo");
            steps.done("done");
        }

        assertThat(written.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private Steps on(Terminal.Features features, OutputFormat format) {
        Terminal terminal = new Terminal(new BufferedReader(new StringReader("")), written, written, features);
        return Steps.on(terminal, format, clock);
    }

    private void after(Duration span) {
        now.updateAndGet(instant -> instant.plus(span));
    }

    /** What is left when every line that was written over is gone. */
    private List<String> linesThatStay() {
        return Stream.of(written.toString(StandardCharsets.UTF_8).split("\n", -1))
                .filter(line -> !line.isEmpty())
                .map(line -> line.substring(line.lastIndexOf("\u001b[K") + "\u001b[K".length()))
                .toList();
    }
}
