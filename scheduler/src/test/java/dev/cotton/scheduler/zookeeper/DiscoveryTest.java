package dev.cotton.scheduler.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.ClusterRecord.Phase;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Member.Announced;
import dev.cotton.core.port.StateStore.StateException;
import dev.cotton.testing.contract.Records;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.apache.curator.framework.CuratorFramework;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a client that is not Cotton's sees of a cluster, change by change. */
final class DiscoveryTest {
    private static final int TRANSITIONS = 200;

    @RegisterExtension
    static final TestEnsemble ENSEMBLE = new TestEnsemble();

    private TestEnsemble.Scheduler leader;
    private CuratorFramework stranger;
    private String top;

    @BeforeEach
    void lead() {
        leader = ENSEMBLE.leader();
        stranger = ENSEMBLE.stranger();
        top = ENSEMBLE.root() + "/discover/demo";
    }

    private ClusterRecord created() {
        ClusterRecord record = Records.fresh("demo", "uid", leader.term());
        leader.store().create(record);
        return record;
    }

    private ClusterRecord changed(ClusterRecord record, UnaryOperator<Member> members) {
        return replaced(record, Records.next(record, change -> change.everyMember(members)));
    }

    private ClusterRecord announced(ClusterRecord record, int ordinal, Announced announced) {
        return replaced(record, Records.announcing(record, ordinal, announced));
    }

    private ClusterRecord replaced(ClusterRecord record, ClusterRecord next) {
        leader.store().replace(record, next);
        return next;
    }

    private static void saw(DiscoveryWatch watch, String... changes) {
        await().untilAsserted(() -> assertThat(watch.changes()).containsExactly(changes));
    }

    @Test
    void aClusterAppearsThenItsMembersThenTheyGoAndTheClusterIsLast() throws Exception {
        DiscoveryWatch watch = new DiscoveryWatch(stranger, top);
        ClusterRecord record = created();
        record = announced(record, 0, Announced.PRIMARY);
        record = announced(record, 1, Announced.REPLICA);
        record = changed(record, member -> member.withAnnounced(Announced.NONE));
        replaced(record, Records.next(record, change -> change.phase(Phase.BINNED)));

        saw(
                watch,
                "+",
                "+/master",
                "+/slaves",
                "+/master/member_0000000000",
                "+/slaves/member_0000000001",
                "-/slaves/member_0000000001",
                "-/master/member_0000000000",
                "-/slaves",
                "-/master",
                "-");
    }

    @Test
    void aMemberMovesInOneTransactionAfterTheFormerMasterHasGone() throws Exception {
        ClusterRecord record = announced(created(), 0, Announced.PRIMARY);
        record = announced(record, 1, Announced.REPLICA);
        DiscoveryWatch watch = new DiscoveryWatch(stranger, top);

        changed(record, member -> switch (member.id().ordinal()) {
            case 0 -> member.withAnnounced(Announced.REPLICA);
            case 1 -> member.withAnnounced(Announced.PRIMARY);
            default -> member;
        });

        saw(
                watch,
                "-/slaves/member_0000000001",
                "-/master/member_0000000000",
                "+/master/member_0000000001",
                "+/slaves/member_0000000000");
    }

    @Test
    void thereAreNeverTwoMasters() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        DiscoveryWatch watch = new DiscoveryWatch(stranger, top);
        ClusterRecord record = created();
        for (int i = 0; i < TRANSITIONS; i++) {
            int primary = random.nextInt(4);
            record = changed(record, member -> {
                boolean shown = random.nextBoolean();
                Announced other = shown ? Announced.REPLICA : Announced.NONE;
                return member.withAnnounced(member.id().ordinal() == primary ? Announced.PRIMARY : other);
            });
            assertThat(stranger.getChildren().forPath(top + "/master"))
                    .as("seed %d", seed)
                    .hasSize(primary < 3 ? 1 : 0);
        }
        leader.store().remove(record);

        await().until(() -> watch.changes().contains("-"));
        assertThat(watch.mostMasters()).as("seed %d", seed).isEqualTo(1);
    }

    @Test
    void isPutRightAfterSomebodyTamperedWithIt() throws Exception {
        ClusterRecord record = announced(created(), 0, Announced.PRIMARY);
        stranger.delete().deletingChildrenIfNeeded().forPath(top + "/master");
        stranger.create().creatingParentsIfNeeded().forPath(top + "/slaves/member_0000000009/below", new byte[0]);
        SortedMap<String, String> tampered = ENSEMBLE.seen("/discover");

        announced(record, 0, Announced.REPLICA);

        assertThat(tampered).containsKey("demo/slaves/member_0000000009/below").doesNotContainKey("demo/master");
        assertThat(ENSEMBLE.seen("/discover"))
                .containsOnlyKeys("demo", "demo/master", "demo/slaves", "demo/slaves/member_0000000000");
    }

    @Test
    void isNotTakenFromSomebodyElse() throws Exception {
        String foreign = top + "/master/member_0000000000";
        stranger.create().creatingParentsIfNeeded().forPath(foreign, new byte[0]);

        assertThatThrownBy(this::created)
                .isInstanceOf(StateException.class)
                .hasMessageContaining("/discover/demo is in use by somebody else");
        assertThat(leader.store().load()).isEmpty();
        assertThat(stranger.checkExists().forPath(foreign)).isNotNull();
    }

    @Test
    void doesNotLookAtOtherClustersWithALikeName() {
        List<ClusterRecord> records = List.of(
                Records.fresh("demo", "uid-1", leader.term()),
                Records.fresh("demo.2", "uid-2", leader.term()),
                Records.fresh("demo-slaves", "uid-3", leader.term()));
        records.forEach(leader.store()::create);

        leader.store().remove(records.getFirst());

        assertThat(ENSEMBLE.seen("/discover"))
                .containsOnlyKeys(
                        "demo-slaves",
                        "demo-slaves/master",
                        "demo-slaves/slaves",
                        "demo.2",
                        "demo.2/master",
                        "demo.2/slaves");
    }
}
