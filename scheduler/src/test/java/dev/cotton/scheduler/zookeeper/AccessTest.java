package dev.cotton.scheduler.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.Member.Announced;
import dev.cotton.core.port.StateStore.StateException;
import dev.cotton.testing.contract.Records;
import java.util.List;
import java.util.Optional;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.KeeperException.NoAuthException;
import org.apache.zookeeper.data.ACL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may read and write what, with and without credentials. */
final class AccessTest {
    private static final Optional<String> CREDENTIALS = Optional.of("fleet:secret");

    @RegisterExtension
    static final TestEnsemble ENSEMBLE = new TestEnsemble();

    private static void createDemo(TestEnsemble.Scheduler leader) {
        ClusterRecord record = Records.fresh("demo", "uid", leader.term());
        leader.store().create(record);
        leader.store().replace(record, Records.announcing(record, 0, Announced.PRIMARY));
    }

    @Test
    void withCredentialsStrangersReadDiscoveryAndNothingElse() throws Exception {
        createDemo(ENSEMBLE.leader(CREDENTIALS));
        CuratorFramework stranger = ENSEMBLE.stranger();
        String cotton = ENSEMBLE.root() + "/cotton";
        String master = ENSEMBLE.root() + "/discover/demo/master";

        assertThat(ENSEMBLE.seen("/discover")).containsKey("demo/master/member_0000000000");
        for (String secret : List.of("", "/term", "/leader", "/clusters/uid", "/names/demo")) {
            assertThatThrownBy(() -> stranger.getData().forPath(cotton + secret))
                    .as(secret)
                    .isInstanceOf(NoAuthException.class);
        }
        assertThatThrownBy(() -> stranger.getChildren().forPath(cotton + "/election"))
                .isInstanceOf(NoAuthException.class);
        assertThatThrownBy(() -> stranger.setData().forPath(cotton + "/term", new byte[0]))
                .isInstanceOf(NoAuthException.class);
        assertThatThrownBy(() -> stranger.create().forPath(master + "/member_0000000001"))
                .isInstanceOf(NoAuthException.class);
        assertThatThrownBy(() -> stranger.delete().forPath(master + "/member_0000000000"))
                .isInstanceOf(NoAuthException.class);
        assertThatThrownBy(() -> stranger.delete().forPath(cotton + "/leader")).isInstanceOf(NoAuthException.class);
    }

    @Test
    void everyNodeOfOursIsProtected() throws Exception {
        TestEnsemble.Scheduler leader = ENSEMBLE.leader(CREDENTIALS);
        createDemo(leader);

        for (String path : leader.everyPath()) {
            List<ACL> access = leader.connection().curator().getACL().forPath(path);
            assertThat(access)
                    .as(path)
                    .noneMatch(entry -> entry.getId().getScheme().equals("world")
                            && (entry.getPerms() != 1 || !path.contains("/discover")))
                    .anyMatch(entry -> entry.getId().getScheme().equals("digest"));
        }
    }

    @Test
    void anotherSchedulerNeedsTheSameCredentials() {
        createDemo(ENSEMBLE.leader(CREDENTIALS));

        assertThat(ENSEMBLE.scheduler(CREDENTIALS).store().load()).hasSize(1);
        for (Optional<String> wrong : List.of(Optional.<String>empty(), Optional.of("fleet:guess"))) {
            assertThatThrownBy(() -> ENSEMBLE.connection(wrong, ENSEMBLE.port()))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("other credentials");
        }
    }

    @Test
    void withoutCredentialsEverythingIsOpen() throws Exception {
        createDemo(ENSEMBLE.leader());

        assertThat(ENSEMBLE.stranger().getData().forPath(ENSEMBLE.root() + "/cotton/clusters/uid"))
                .isNotEmpty();
    }
}
