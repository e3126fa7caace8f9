package dev.cotton.scheduler.engine.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.PlacementSpec;
import dev.cotton.core.model.Resources;
import dev.cotton.core.port.Engine.InstanceSpec;
import dev.cotton.core.port.Engine.Presence;
import dev.cotton.scheduler.engine.local.PlacedInstance.Goal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The scheduler was killed between two steps; the next engine finds what that leaves behind, and goes on. */
final class HalfDoneTest {
    private static final InstanceId ID = new InstanceId(new ClusterName("demo"), 0);
    private static final InstanceSpec SPEC =
            new InstanceSpec(ID, "uid-of-demo", Resources.ORDINARY, PlacementSpec.ORDINARY, "c2VjcmV0");

    private final LocalBench bench = new LocalBench(LocalBench.hosts(1));
    private String data = "";

    /** How far it came. */
    enum Step {
        /** Only the record says so. */
        WRITTEN,
        /** The executor was ended; its mysqld runs. */
        EXECUTOR_ENDED,
        /** Nothing runs any more. */
        ALL_ENDED,
        /** The folder is where it belongs, or gone; the record was not written again. */
        MOVED
    }

    @BeforeEach
    void runAndClose() {
        bench.engine().apply(SPEC);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> bench.process(ID, "mysqld.json").isPresent());
        data = bench.data(ID).orElseThrow();
        bench.engine().close();
    }

    @AfterEach
    void closeBench() {
        bench.close();
    }

    private void awaitPresence(Presence presence) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Optional.ofNullable(bench.engine().observe().get(ID))
                        .filter(place -> place.presence() == presence)
                        .isPresent());
    }

    private void leaveBehind(Goal goal, Step step) throws IOException {
        PlacedInstance placed = bench.records.load().getFirst();
        bench.records.save(placed.withGoal(goal));
        if (step.compareTo(Step.EXECUTOR_ENDED) >= 0) {
            bench.crash(ID);
        }
        if (step.compareTo(Step.ALL_ENDED) >= 0) {
            bench.everything().forEach(bench::kill);
        }
        if (step == Step.MOVED && goal == Goal.BIN) {
            Files.move(bench.home(ID), bench.binned(ID));
        }
        if (step == Step.MOVED && goal == Goal.DESTROY) {
            bench.loseData(ID);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReleaseIntoTheBinIsFinished(Step step) throws IOException {
        leaveBehind(Goal.BIN, step);
        bench.reopen();
        awaitPresence(Presence.BINNED);
        await().untilAsserted(() -> assertThat(bench.binned(ID)).exists());
        assertThat(bench.everything()).isEmpty();
        assertThat(bench.data(ID)).contains(data);
        bench.engine().apply(SPEC);
        awaitPresence(Presence.RUNNING);
        assertThat(bench.data(ID)).contains(data);
    }

    @ParameterizedTest
    @EnumSource
    void aDestructionIsFinished(Step step) throws IOException {
        leaveBehind(Goal.DESTROY, step);
        bench.reopen();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> bench.engine().observe().isEmpty());
        assertThat(bench.everything()).isEmpty();
        assertThat(bench.data(ID)).isEmpty();
        assertThat(bench.records.load()).isEmpty();
        assertThat(bench.root.resolve("data/notes")).isEmptyDirectory();
    }

    @Test
    void aReturnFromTheBinIsFinished() throws IOException {
        leaveBehind(Goal.BIN, Step.MOVED);
        PlacedInstance placed = bench.records.load().getFirst();
        bench.records.save(placed.withGoal(Goal.RUN));
        bench.reopen();
        awaitPresence(Presence.RUNNING);
        await().until(() -> bench.process(ID, "executor.json").isPresent());
        assertThat(bench.data(ID)).contains(data);
    }

    @Test
    void aFolderThatWasPreparedAndRecordedIsUsed() throws IOException {
        Path prepared = bench.root.resolve("data/instances/.new-demo-0");
        bench.everything().forEach(bench::kill);
        Files.move(bench.home(ID), prepared);
        bench.reopen();
        awaitPresence(Presence.RUNNING);
        await().until(() -> bench.process(ID, "executor.json").isPresent());
        assertThat(prepared).doesNotExist();
    }

    @Test
    void aFolderThatWasPreparedAndNotRecordedIsReplaced() throws IOException {
        Path prepared = bench.root.resolve("data/instances/.new-demo-0");
        bench.everything().forEach(bench::kill);
        Files.move(bench.home(ID), prepared);
        Files.deleteIfExists(bench.root.resolve("data/notes/demo-0.had-data"));
        bench.records.remove(ID.toString());
        bench.reopen();
        assertThat(bench.engine().observe()).isEmpty();
        bench.engine().apply(SPEC);
        awaitPresence(Presence.RUNNING);
        await().until(() -> bench.data(ID).filter(now -> !now.equals(data)).isPresent());
    }
}
