package dev.cotton.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code cotton bench} with real schedulers, executors and servers. */
final class BenchIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void measuresTheCreationOfAClusterBesideItsFloorAndLeavesNothingBehind() throws Exception {
        ThrowawayRun run = new ThrowawayRun(folder);
        JsonNode result = run.json("bench", "create", "--rounds", "1", "--instances", "1", "--clusters", "1");

        JsonNode size = result.path("create").path(0);
        assertThat(size.path("instances").asInt()).isEqualTo(1);
        assertThat(size.path("cotton").path("seconds").size()).isEqualTo(1);
        assertThat(size.path("cotton").path("medianSeconds").asDouble()).isPositive();
        assertThat(size.path("floor").path("p95Seconds").asDouble()).isPositive();
        assertThat(size.path("ratio").asDouble()).isPositive();
        assertThat(size.path("cottonSteps").propertyNames()).contains("servers started", "primary takes writes");
        assertThat(size.path("floorSteps").propertyNames()).contains("servers started", "every replica in sync");
        JsonNode memory = result.path("memory");
        assertThat(memory.path("executor").asString()).matches("[1-9][0-9]+mb");
        assertThat(memory.path("scheduler").asString()).matches("[1-9][0-9]+mb");
        assertThat(memory.path("manyClusters").path("scheduler").asString()).matches("[1-9][0-9]+mb");
        assertThat(result.path("targets").values().stream()
                        .map(target -> target.path("limit").asDouble())
                        .toList())
                .containsExactly(1.5, 120.0, 300.0);
        assertThat(run.leftOvers()).isEmpty();
    }
}
