package dev.cotton.scheduler.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.Event;
import dev.cotton.core.port.StateStore.OutcomeUnknownException;
import dev.cotton.core.port.StateStore.StateException;
import dev.cotton.testing.contract.Records;
import java.time.Instant;
import java.util.Optional;
import org.apache.curator.framework.CuratorFramework;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How records lie in ZooKeeper, and what happens to those that cannot be read. */
final class StoredRecordsTest {
    @RegisterExtension
    static final TestEnsemble ENSEMBLE = new TestEnsemble();

    private TestEnsemble.Scheduler leader;
    private CuratorFramework stranger;
    private ClusterRecord record;
    private String path;

    @BeforeEach
    void createACluster() {
        leader = ENSEMBLE.leader();
        stranger = ENSEMBLE.stranger();
        record = Records.fresh("demo", "uid-1", leader.term());
        leader.store().create(record);
        path = ENSEMBLE.root() + "/cotton/clusters/uid-1";
    }

    @Test
    void aRecordIsJsonAndItsNameIsInAnIndex() {
        assertThat(ENSEMBLE.seen("/cotton/clusters").get("uid-1"))
                .startsWith("{\"schema\":3,\"name\":\"demo\",\"uid\":\"uid-1\",\"version\":1,")
                .contains("\"mem\":\"512mb\"");
        assertThat(ENSEMBLE.seen("/cotton/names")).containsEntry("demo", "uid-1");
    }

    @Test
    void refusesARecordThatIsTooLarge() {
        ClusterRecord large = Records.next(
                record,
                change ->
                        change.say(Instant.EPOCH, Event.Kind.CLUSTER_HEALTHY, Optional.empty(), "x".repeat(64 * 1024)));

        assertThatThrownBy(() -> leader.store().replace(record, large))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("The record of demo would have")
                .hasMessageContaining("at most 65536");
        assertThat(leader.store().load()).containsExactly(record);
    }

    @Test
    void doesNotTouchWhatANewerVersionHasWritten() throws Exception {
        String newer = new String(stranger.getData().forPath(path), UTF_8)
                .replace("\"schema\":3", "\"schema\":4,\"more\":true");
        stranger.setData().forPath(path, newer.getBytes(UTF_8));

        assertThatThrownBy(() -> leader.store().load())
                .isInstanceOf(StateException.class)
                .hasMessageContaining("schema 4")
                .hasMessageContaining("a newer version has written it");
        assertThatThrownBy(() -> leader.store().replace(record, Records.next(record, change -> change)))
                .isInstanceOf(StateException.class);
        assertThatThrownBy(() -> leader.store().remove(record)).isInstanceOf(StateException.class);
        assertThat(new String(stranger.getData().forPath(path), UTF_8)).isEqualTo(newer);
    }

    @Test
    void readsWhatTheVersionBeforeHasWritten() throws Exception {
        String former = new String(stranger.getData().forPath(path), UTF_8)
                .replaceFirst("\"schema\":3", "\"schema\":2")
                .replace(",\"origin\":null", "")
                .replace(",\"heir\":null", "")
                .replace(",\"recovered\":null", "");
        assertThat(former).doesNotContain("origin");
        stranger.setData().forPath(path, former.getBytes(UTF_8));

        assertThat(leader.store().load()).containsExactly(record);
        leader.store().replace(record, Records.next(record, change -> change));
        assertThat(ENSEMBLE.seen("/cotton/clusters").get("uid-1")).startsWith("{\"schema\":3");
    }

    @Test
    void saysOfWhatAnOlderVersionHasWrittenThatItIsOlder() throws Exception {
        String older = new String(stranger.getData().forPath(path), UTF_8)
                .replaceFirst("\"schema\":3", "\"schema\":1")
                .replaceFirst(",\"placement\":\\{[^}]*}", "");
        assertThat(older).doesNotContain("placement");
        stranger.setData().forPath(path, older.getBytes(UTF_8));

        assertThatThrownBy(() -> leader.store().load())
                .isInstanceOf(StateException.class)
                .hasMessageContaining(path + " has the schema 1, and this version reads 3")
                .hasMessageContaining("an older version has written it")
                .hasMessageContaining("the databases go on");
        assertThatThrownBy(() -> leader.store().replace(record, Records.next(record, change -> change)))
                .isInstanceOf(StateException.class);
        assertThat(new String(stranger.getData().forPath(path), UTF_8)).isEqualTo(older);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not JSON", "{}", "{\"schema\":3}", "{\"schema\":3,\"surprise\":1}"})
    void leavesWhatItCannotReadAsItIs(String damaged) throws Exception {
        stranger.setData().forPath(path, damaged.getBytes(UTF_8));

        assertThatThrownBy(() -> leader.store().load())
                .isInstanceOf(StateException.class)
                .hasMessageContaining(path)
                .hasMessageContaining("left as it is");
    }

    @Test
    void doesNotDropAFieldThatItDoesNotKnow() throws Exception {
        String extended =
                new String(stranger.getData().forPath(path), UTF_8).replace("\"schema\":3", "\"schema\":3,\"more\":1");
        stranger.setData().forPath(path, extended.getBytes(UTF_8));

        assertThatThrownBy(() -> leader.store().replace(record, Records.next(record, change -> change)))
                .isInstanceOf(StateException.class);
        assertThat(new String(stranger.getData().forPath(path), UTF_8)).isEqualTo(extended);
    }

    @Test
    void saysThatItDoesNotKnowWhenTheAnswerIsLost() {
        ClusterRecord other = Records.fresh("other", "uid-2", leader.term());
        leader.wire().holdAnswers();

        assertThatThrownBy(() -> leader.store().create(other))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("read again");
        assertThat(ENSEMBLE.scheduler().store().read("uid-2")).contains(other);
    }

    @Test
    void saysThatItDoesNotKnowWhenTheRequestIsLost() {
        ClusterRecord other = Records.fresh("other", "uid-2", leader.term());
        leader.wire().cut();

        assertThatThrownBy(() -> leader.store().create(other)).isInstanceOf(StateException.class);
        assertThat(ENSEMBLE.scheduler().store().read("uid-2")).isEmpty();
    }

    @Test
    void saysWhenTheOriginalsStateIsThere() throws Exception {
        assertThat(leader.records().foreignState()).isEmpty();

        stranger.create()
                .creatingParentsIfNeeded()
                .forPath(ENSEMBLE.root() + "/state/scheduler/scheduler_state", new byte[] {(byte) 0x80, 2});

        assertThat(leader.records().foreignState())
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .contains(ENSEMBLE.root() + "/state")
                        .contains("original"));
    }
}
