package dev.cotton.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.cli.bench.Timed;
import dev.cotton.cli.drill.RoundResult.Step;
import dev.cotton.cli.faults.Fault;
import dev.cotton.cli.terminal.Paint;
import dev.cotton.cli.writers.History;
import dev.cotton.cli.writers.Verdict;
import dev.cotton.core.model.DataSize;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class FailoverReportTest {
    private static final FailoverResult RESULT = new FailoverResult(
            "9.7.4",
            new FailoverResult.Setting(2, 0.5, 8, new DataSize(0), false),
            Map.of(Fault.KILL_PRIMARY, List.of(round(800), round(900), round(1700))),
            Map.of(
                    Fault.KILL_PRIMARY,
                    List.of(new Timed(Duration.ofMillis(600), Map.of("fenced", Duration.ofMillis(150))))),
            List.of(new LeftOut("isolated", "No hosts can be made on this machine.")));

    @Test
    void stepsHaveTheirMedianP95AndMaximumAndThoseByHandAreBesideThem() {
        assertThat(new FailoverReport(RESULT).text(Paint.NONE))
                .containsPattern("kill-primary +3 +0.900 +1.700 +1.700")
                .containsPattern("kill-primary +lost +0.450 +0.850 +0.850")
                .containsPattern("kill-primary, by hand +fenced +0.150 +0.150 +0.150")
                .containsPattern("kill-primary, by hand +without writes +0.600")
                .containsPattern("isolated +No hosts can be made on this machine.");
    }

    @Test
    void aMissedTargetIsToldToPrograms() {
        JsonNode targets = new FailoverReport(RESULT).json().path("targets");

        assertThat(targets.path(0).path("met").asBoolean()).isTrue();
        assertThat(targets.path(1).path("what").asString()).isEqualTo("seconds without writes after kill -9, p95");
        assertThat(targets.path(1).path("met").asBoolean()).isFalse();
    }

    private static RoundResult round(long gapMillis) {
        History.Gap gap = new History.Gap(0, Duration.ofMillis(gapMillis).toNanos(), true);
        return new RoundResult(
                Fault.KILL_PRIMARY,
                Instant.EPOCH,
                List.of(new Step("lost", Duration.ofMillis(gapMillis / 2), "")),
                new RoundResult.Writes(10, 9, 0, gap, List.of()),
                new Verdict(0, 0, 0, Map.of()),
                List.of(),
                List.of(),
                new Timeline(Duration.ZERO, Duration.ofMillis(100), Map.of()));
    }
}
