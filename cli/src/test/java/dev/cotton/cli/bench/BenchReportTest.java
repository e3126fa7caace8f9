package dev.cotton.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.cli.terminal.Paint;
import dev.cotton.core.model.DataSize;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class BenchReportTest {
    private static final BenchReport REPORT = new BenchReport(
            "Backups",
            new BenchResult(
                    new BenchResult.Setting("9.7.4", 2, 0.5, DataSize.ofMegabytes(1024)),
                    Map.of(
                            "backup",
                            new Comparison(
                                    List.of(round(3000), round(5000), round(4000)),
                                    List.of(round(2000), round(2500), round(1000)))),
                    List.of(new BenchResult.Figure("writes per second", 812.5)),
                    List.of(new Target("ratio", 1.2, 2.0), new Target("percent", 5, -1))));

    @Test
    void everythingIsShownBesideItsFloorWithItsSteps() {
        assertThat(REPORT.text(Paint.NONE))
                .contains("1gb of data")
                .containsPattern("backup +4.00 +5.00 +5.00 +2.00 +2.50 +2.50 +2.00")
                .containsPattern("backup +cotton: copied +2.00")
                .containsPattern("backup +floor: copied +1.00")
                .containsPattern("812.500 +writes per second")
                .containsPattern("2.00 +1.2 +ratio \\(missed\\)")
                .containsPattern("-1.00 +5.0 +percent\\s");
    }

    @Test
    void programsAreToldTheSame() {
        JsonNode json = REPORT.json();

        JsonNode backup = json.path("comparisons").path(0);
        assertThat(backup.path("what").asString()).isEqualTo("backup");
        assertThat(backup.path("ratio").asDouble()).isEqualTo(2.0);
        assertThat(backup.path("cottonSteps").path("copied").asDouble()).isEqualTo(2.0);
        assertThat(json.path("figures").path(0).path("value").asDouble()).isEqualTo(812.5);
        assertThat(json.path("targets").path(0).path("met").asBoolean()).isFalse();
        assertThat(json.path("targets").path(1).path("met").asBoolean()).isTrue();
    }

    private static Timed round(long millis) {
        return new Timed(Duration.ofMillis(millis), Map.of("copied", Duration.ofMillis(millis / 2)));
    }
}
