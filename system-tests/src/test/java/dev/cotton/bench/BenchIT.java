package dev.cotton.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
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
        assertThat(limits(result)).containsExactly(1.5, 120.0, 300.0);
        assertThat(run.leftOvers()).isEmpty();
    }

    @Test
    void measuresBackupsAndRestoresBesideTheirFloorsAndWhatTheyCostWriters() throws Exception {
        ThrowawayRun run = new ThrowawayRun(folder);
        JsonNode result = run.json("bench", "backup", "--size", "20mb", "--writing", "2s");

        assertThat(compared(result)).containsExactly("backup", "restore");
        assertThat(result.path("comparisons").path(0).path("cottonSteps").propertyNames())
                .contains("copied", "rows counted", "stored", "known to be stored");
        assertThat(result.path("comparisons").path(1).path("floorSteps").propertyNames())
                .containsExactly("unpacked", "data restored");
        assertThat(figures(result)).hasSize(5).allMatch(value -> value > 0);
        assertThat(limits(result)).containsExactly(1.2, 1.2, 5.0, 5.0);
        assertThat(run.leftOvers()).isEmpty();
    }

    @Test
    void measuresAnotherReplicaBesideItsFloorAndAResizeBesideSwitchovers() throws Exception {
        ThrowawayRun run = new ThrowawayRun(folder);
        JsonNode result = run.json("bench", "scale", "--size", "20mb", "--switchovers", "1");

        assertThat(compared(result)).containsExactly("another replica");
        assertThat(result.path("comparisons").path(0).path("floorSteps").propertyNames())
                .containsExactly("cloned", "server ended", "server started");
        assertThat(figures(result)).hasSize(7).allMatch(value -> value > 0);
        assertThat(limits(result)).containsExactly(1.3, 1.5);
        assertThat(run.leftOvers()).isEmpty();
    }

    /** What is compared; each has figures of both sides. */
    private static List<String> compared(JsonNode result) {
        List<JsonNode> comparisons = result.path("comparisons").valueStream().toList();
        assertThat(comparisons).allSatisfy(each -> {
            assertThat(each.path("cotton").path("medianSeconds").asDouble()).isPositive();
            assertThat(each.path("floor").path("medianSeconds").asDouble()).isPositive();
            assertThat(each.path("ratio").asDouble()).isPositive();
        });
        return comparisons.stream().map(each -> each.path("what").asString()).toList();
    }

    private static List<Double> figures(JsonNode result) {
        return result.path("figures")
                .valueStream()
                .map(figure -> figure.path("value").asDouble())
                .toList();
    }

    private static List<Double> limits(JsonNode result) {
        return result.path("targets")
                .valueStream()
                .map(target -> target.path("limit").asDouble())
                .toList();
    }
}
