package dev.cotton.scheduler.engine.mesos.master;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.model.Endpoint;
import dev.cotton.scheduler.zookeeper.EmbeddedZooKeeper;
import dev.cotton.scheduler.zookeeper.ZooKeeperUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.zookeeper.ZooDefs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Masters that have elected their leader in a real ZooKeeper. */
final class ElectedMastersTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    private static Path folder;

    private Optional<EmbeddedZooKeeper> server = Optional.empty();
    private Optional<CuratorFramework> mesos = Optional.empty();

    @BeforeEach
    void start() {
        server = Optional.of(EmbeddedZooKeeper.start(folder.resolve("zk-" + System.nanoTime()), 0));
        CuratorFramework client = CuratorFrameworkFactory.builder()
                .connectString("127.0.0.1:" + port())
                .retryPolicy(new RetryOneTime(100))
                .authorization("digest", "mesos:pw".getBytes(UTF_8))
                .build();
        client.start();
        mesos = Optional.of(client);
    }

    @AfterEach
    void stop() {
        mesos.ifPresent(CuratorFramework::close);
        server.ifPresent(EmbeddedZooKeeper::close);
    }

    private int port() {
        return server.orElseThrow().port();
    }

    private ZooKeeperUrl url(Optional<String> credentials) {
        return new ZooKeeperUrl(credentials, List.of("127.0.0.1:" + port()), "/mesos");
    }

    private void candidate(String node, int masterPort) throws Exception {
        mesos.orElseThrow().create().creatingParentsIfNeeded().forPath("/mesos/" + node, described(masterPort));
    }

    /** As a real master describes itself. */
    private static byte[] described(int masterPort) {
        return ("{\"address\":{\"hostname\":\"127.0.0.1\",\"ip\":\"127.0.0.1\",\"port\":5050},\"capabilities\":"
                        + "[{\"type\":\"AGENT_UPDATE\"},{\"type\":\"AGENT_DRAINING\"},{\"type\":\"QUOTA_V2\"}],"
                        + "\"hostname\":\"127.0.0.1\",\"id\":\"cec4e897-1649-44ed-a913-c1455380729f\",\"ip\":16777343,"
                        + "\"pid\":\"master@127.0.0.1:5050\",\"port\":5050,\"version\":\"1.12.0\"}")
                .replace("5050", Integer.toString(masterPort))
                .getBytes(UTF_8);
    }

    @Test
    void theLowestSequenceLeadsAndOtherNodesDoNotCount() throws Exception {
        candidate("json.info_0000000012", 5012);
        candidate("json.info_0000000009", 5009);
        candidate("log_replicas/0000000000", 1);
        candidate("info_0000000001", 1);
        candidate("json.info_", 1);
        try (ElectedMasters masters = new ElectedMasters(url(Optional.empty()), LIMIT)) {
            assertThat(masters.next()).isEqualTo(new Endpoint("127.0.0.1", 5009));
            mesos.orElseThrow().delete().forPath("/mesos/json.info_0000000009");
            assertThat(masters.next()).isEqualTo(new Endpoint("127.0.0.1", 5012));
        }
    }

    @Test
    void saysThatNobodyLeads() throws Exception {
        try (ElectedMasters masters = new ElectedMasters(url(Optional.of("mesos:pw")), LIMIT)) {
            assertThatThrownBy(masters::next)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("there is no Mesos master in zk://127.0.0.1:" + port() + "/mesos")
                    .hasMessageNotContaining("pw");
            candidate("log_replicas/0000000000", 1);
            assertThatThrownBy(masters::next)
                    .hasMessage("no Mesos master has a node in zk://127.0.0.1:" + port() + "/mesos");
            mesos.orElseThrow().create().forPath("/mesos/json.info_0000000001", "rubbish".getBytes(UTF_8));
            assertThatThrownBy(masters::next)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot be understood");
        }
    }

    @Test
    void readsWhatIsForHoldersOfItsCredentialsOnly() throws Exception {
        candidate("json.info_0000000001", 5050);
        mesos.orElseThrow().setACL().withACL(ZooDefs.Ids.CREATOR_ALL_ACL).forPath("/mesos/json.info_0000000001");
        try (ElectedMasters masters = new ElectedMasters(url(Optional.of("mesos:pw")), LIMIT)) {
            assertThat(masters.next().port()).isEqualTo(5050);
        }
        try (ElectedMasters masters = new ElectedMasters(url(Optional.of("mesos:wrong")), LIMIT)) {
            assertThatThrownBy(masters::next)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("NoAuth")
                    .hasMessageNotContaining("wrong");
        }
    }

    @Test
    void saysThatZooKeeperDoesNotAnswer() {
        int gone = port();
        server.ifPresent(EmbeddedZooKeeper::close);
        ZooKeeperUrl nobody = new ZooKeeperUrl(Optional.empty(), List.of("127.0.0.1:" + gone), "/mesos");
        try (ElectedMasters masters = new ElectedMasters(nobody, Duration.ofSeconds(1))) {
            assertThatThrownBy(masters::next)
                    .hasMessage("no ZooKeeper answers at 127.0.0.1:" + gone + " within 1 seconds");
        }
    }

    @Test
    void theLinkFollowsTheLeader() throws Exception {
        CountDownLatch dies = new CountDownLatch(1);
        Recorder told = new Recorder();
        try (PlayedMaster first = PlayedMaster.start((_, out) -> {
                    out.subscribed(15);
                    try {
                        dies.await(10, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                    out.socket().close();
                });
                PlayedMaster second = PlayedMaster.start(PlayedMaster.willing((_, _) -> {}));
                MasterLink link = new MasterLink(new MasterSettings(
                        new MasterAddress.Elected(url(Optional.empty())),
                        Optional.empty(),
                        Optional.empty(),
                        Links.framework(),
                        Links.QUICK))) {
            candidate("json.info_0000000001", first.endpoint().port());
            candidate("json.info_0000000002", second.endpoint().port());
            link.start(Optional.empty(), told);
            told.next(Recorder.Subscribed.class);
            mesos.orElseThrow().delete().forPath("/mesos/json.info_0000000001");
            dies.countDown();
            told.next(Recorder.Disconnected.class);
            told.next(Recorder.Subscribed.class);
            assertThat(second.request().body().get("framework_id").get("value").asString())
                    .isEqualTo(PlayedMaster.FRAMEWORK);
        }
    }
}
