package dev.cotton.executor.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.Resources;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MemoryPlanTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                    memory | disk  | cpus | pool   | connections | tables | workers | redo  | binlog
                    512mb  | 2gb   | 1    | 32mb   | 60          | 204    | 16      | 128mb | 32mb
                    512mb  | 1gb   | 0.5  | 32mb   | 60          | 204    | 16      | 64mb  | 16mb
                    1gb    | 10gb  | 2    | 384mb  | 120         | 409    | 16      | 640mb | 160mb
                    2gb    | 20gb  | 2    | 960mb  | 240         | 819    | 16      | 1280mb| 320mb
                    4gb    | 50gb  | 4    | 2gb    | 480         | 1638   | 16      | 3200mb| 800mb
                    16gb   | 200gb | 8    | 8gb    | 1920        | 4000   | 32      | 8gb   | 1gb
                    64gb   | 1tb   | 64   | 44gb   | 2000        | 4000   | 64      | 8gb   | 1gb
                    """)
    void sharesOut(
            DataSize memory,
            DataSize disk,
            double cpus,
            DataSize pool,
            int connections,
            int tables,
            int workers,
            DataSize redo,
            DataSize binlog) {
        MemoryPlan plan = MemoryPlan.of(new Resources(cpus, memory, disk), 0);
        assertThat(plan.bufferPool()).isEqualTo(pool);
        assertThat(plan.maxConnections()).isEqualTo(connections);
        assertThat(plan.tableOpenCache()).isEqualTo(tables);
        assertThat(plan.replicaWorkers()).isEqualTo(workers);
        assertThat(plan.redoCapacity()).isEqualTo(redo);
        assertThat(plan.binlogSize()).isEqualTo(binlog);
    }

    @Test
    void neverGivesAwayMoreThanThereIs() {
        LongStream.iterate(512, memory -> memory < 300_000, memory -> memory + 137)
                .forEach(memory -> LongStream.of(0, 10, memory / 6).forEach(connections -> {
                    MemoryPlan plan = MemoryPlan.of(resources(memory), (int) connections);
                    long given = plan.bufferPool().megabytes()
                            + Resources.EXECUTOR_MEM.megabytes()
                            + MemoryPlan.BASE.megabytes()
                            + Math.max(
                                    plan.maxConnections() * MemoryPlan.CONNECTION.megabytes(),
                                    plan.replicaWorkers() * MemoryPlan.WORKER.megabytes());
                    assertThat(given).isLessThan(memory);
                    assertThat(plan.bufferPool()).isGreaterThanOrEqualTo(DataSize.ofMegabytes(32));
                    assertThat(plan.bufferPool().bytes()
                                    % (plan.bufferPoolChunk().bytes() * plan.bufferPoolInstances()))
                            .isZero();
                }));
    }

    @Test
    void makesRoomForTheConnectionsThatAreWanted() {
        MemoryPlan few = MemoryPlan.of(resources(1024), 20);
        MemoryPlan many = MemoryPlan.of(resources(1024), 170);
        assertThat(few.maxConnections()).isEqualTo(20);
        assertThat(many.maxConnections()).isEqualTo(170);
        assertThat(few.bufferPool()).isGreaterThan(many.bufferPool());
        assertThat(few.threads()).isLessThan(many.threads());
    }

    @Test
    void refusesConnectionsThatDoNotFit() {
        assertThatThrownBy(() -> MemoryPlan.of(resources(512), 200))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("options.max_connections: 200 do not fit into 512mb of memory.");
    }

    private static Resources resources(long megabytes) {
        return new Resources(1, DataSize.ofMegabytes(megabytes), DataSize.ofMegabytes(2048));
    }
}
