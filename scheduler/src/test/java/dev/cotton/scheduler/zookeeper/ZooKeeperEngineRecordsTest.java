package dev.cotton.scheduler.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Ports;
import dev.cotton.core.model.Resources;
import dev.cotton.core.port.StateStore.DeposedException;
import dev.cotton.core.port.StateStore.StateException;
import dev.cotton.scheduler.engine.local.PlacedInstance;
import dev.cotton.scheduler.engine.local.PlacedInstance.Goal;
import java.time.Duration;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ZooKeeperEngineRecordsTest {
    @RegisterExtension
    static final TestEnsemble ENSEMBLE = new TestEnsemble();

    private TestEnsemble.Scheduler leader;
    private ZooKeeperEngineRecords<PlacedInstance> records;

    @BeforeEach
    void lead() {
        leader = ENSEMBLE.leader();
        records = records(leader);
    }

    private static ZooKeeperEngineRecords<PlacedInstance> records(TestEnsemble.Scheduler scheduler) {
        return new ZooKeeperEngineRecords<>(
                scheduler.connection(),
                new ZooKeeperEngineRecords.Kind<>(
                        "local",
                        PlacedInstance.class,
                        PlacedInstance.SCHEMA,
                        placed -> placed.id().toString()));
    }

    private static PlacedInstance placed(int ordinal, Goal goal) {
        return new PlacedInstance(
                PlacedInstance.SCHEMA,
                new InstanceId(new ClusterName("demo"), ordinal),
                "uid-1",
                Resources.ORDINARY,
                "h1",
                new Ports("127.0.0.1", 23300, 23301, 23302, 23303),
                "abc",
                goal);
    }

    @Test
    void whatIsSavedIsLoadedByAnyScheduler() {
        records.save(placed(0, Goal.RUN));
        records.save(placed(1, Goal.RUN));
        records.save(placed(1, Goal.BIN));
        assertThat(records(ENSEMBLE.scheduler()).load()).containsExactly(placed(0, Goal.RUN), placed(1, Goal.BIN));
        assertThat(ENSEMBLE.seen("/cotton/engine/local").get("demo-0")).startsWith("{\"schema\":1,\"id\":\"demo-0\"");
    }

    @Test
    void whatIsRemovedIsGoneHoweverOftenItIsAsked() {
        records.save(placed(0, Goal.RUN));
        records.remove("demo-0");
        records.remove("demo-0");
        assertThat(records.load()).isEmpty();
    }

    @Test
    void whoDoesNotLeadWritesNothing() {
        ZooKeeperEngineRecords<PlacedInstance> others = records(ENSEMBLE.scheduler());
        records.save(placed(0, Goal.RUN));
        assertThatThrownBy(() -> others.save(placed(0, Goal.DESTROY))).isInstanceOf(DeposedException.class);
        assertThatThrownBy(() -> others.remove("demo-0")).isInstanceOf(DeposedException.class);
        assertThat(records.load()).containsExactly(placed(0, Goal.RUN));
    }

    @Test
    void theEngineOfAnEarlierTermWritesNothing() throws Exception {
        records.save(placed(0, Goal.RUN));
        leader.leadership().close();
        TestEnsemble.Scheduler next = ENSEMBLE.leader();
        assertThatThrownBy(() -> records.save(placed(0, Goal.DESTROY)))
                .isInstanceOf(DeposedException.class)
                .hasMessageContaining("Nothing was changed");
        assertThatThrownBy(() -> records.remove("demo-0")).isInstanceOf(DeposedException.class);
        assertThat(records(next).load()).containsExactly(placed(0, Goal.RUN));
    }

    @Test
    void aWriteWithoutAnAnswerFailsAndCanBeTriedAgain() {
        leader.wire().holdAnswers();
        assertThatThrownBy(() -> records.save(placed(0, Goal.RUN))).isInstanceOf(StateException.class);
        leader.wire().mend();
        // The session may have expired meanwhile on a busy machine; the same scheduler then leads under another term.
        await().atMost(Duration.ofSeconds(40)).ignoreExceptions().until(() -> {
            ZooKeeperEngineRecords<PlacedInstance> now = records(leader);
            now.save(placed(0, Goal.RUN));
            return now.load().equals(List.of(placed(0, Goal.RUN)));
        });
    }

    @Test
    void whatANewerVersionHasWrittenIsNotTouched() throws Exception {
        records.save(placed(0, Goal.RUN));
        CuratorFramework stranger = ENSEMBLE.stranger();
        String path = ENSEMBLE.root() + "/cotton/engine/local/demo-0";
        String newer = new String(stranger.getData().forPath(path), UTF_8).replace("\"schema\":1", "\"schema\":2");
        stranger.setData().forPath(path, newer.getBytes(UTF_8));
        assertThatThrownBy(() -> records.load())
                .isInstanceOf(StateException.class)
                .hasMessageContaining("schema 2");
    }
}
