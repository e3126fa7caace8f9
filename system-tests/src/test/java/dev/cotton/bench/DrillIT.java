package dev.cotton.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code cotton drill} with real schedulers, executors and servers. */
final class DrillIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void losesNothingWhenPrimariesDieAndHangWhileClientsWrite() throws Exception {
        ThrowawayRun run = new ThrowawayRun(folder);
        Path report = folder.resolve("report");

        JsonNode result = run.json(
                "drill",
                "--fault",
                "kill-primary,kill-replica-then-primary,hang-primary",
                "--writers",
                "8",
                "--report",
                report.toString());

        assertThat(result.path("passed").asBoolean()).isTrue();
        assertThat(result.path("faults").size()).isEqualTo(3);
        assertThat(result.path("faults")).allSatisfy(fault -> {
            assertThat(fault.path("acknowledged").asLong()).isPositive();
            assertThat(fault.path("lost").asLong(-1)).isZero();
            assertThat(fault.path("doubled").asLong(-1)).isZero();
            assertThat(fault.path("writesBack").asBoolean()).isTrue();
            assertThat(fault.path("steps").findValuesAsString("step")).contains("lost", "named");
        });
        assertThat(result.path("atTheEnd").path("lost").asLong(-1)).isZero();
        assertThat(Files.readString(report.resolve("drill.html"))).contains("<svg", "kill-replica-then-primary");
        assertThat(Files.readString(report.resolve("drill.json"))).contains("\"passed\" : true");
        assertThat(run.leftOvers()).isEmpty();
    }
}
