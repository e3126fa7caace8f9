package dev.cotton.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.ClusterRecord.Phase;
import dev.cotton.core.model.Endpoint;
import dev.cotton.core.model.Member.Announced;
import dev.cotton.core.port.StateStore;
import dev.cotton.core.port.StateStore.DeposedException;
import dev.cotton.core.port.StateStore.NameTakenException;
import dev.cotton.core.port.StateStore.StaleRecordException;
import dev.cotton.core.port.StateStore.StateException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link StateStore} does. */
public abstract class StateStoreContract {
    private Participant leader;
    private Term news;
    private StateStore store;
    private long term;

    /** Connects another scheduler to the state of this test, which is empty at first; closed by the subclass. */
    protected abstract Participant participant();

    /** What every client sees below {@code discover}: path to data. */
    protected abstract SortedMap<String, String> discovery();

    @BeforeEach
    void lead() throws InterruptedException {
        leader = participant();
        news = Term.join(leader, "http://leader");
        term = news.next();
        store = leader.store();
    }

    private ClusterRecord created(String name) {
        ClusterRecord record = Records.fresh(name, "uid-of-" + name, term);
        store.create(record);
        return record;
    }

    private ClusterRecord replaced(ClusterRecord current, ClusterRecord next) {
        store.replace(current, next);
        return next;
    }

    private ClusterRecord announced(ClusterRecord current, int ordinal, Announced announced) {
        return replaced(current, Records.announcing(current, ordinal, announced));
    }

    private ClusterRecord binned(ClusterRecord current) {
        return replaced(
                current,
                Records.next(
                        current,
                        change -> change.phase(Phase.BINNED)
                                .everyMember(member -> member.withAnnounced(Announced.NONE))));
    }

    private static SortedMap<String, String> shown(String cluster, String... members) {
        SortedMap<String, String> nodes = new TreeMap<>();
        nodes.put(cluster, "");
        nodes.put(cluster + "/master", "");
        nodes.put(cluster + "/slaves", "");
        for (String member : members) {
            int port = 3306 + Integer.parseInt(member.substring(member.length() - 10));
            nodes.put(cluster + "/" + member, serverSet(port, member.startsWith("master/")));
        }
        return nodes;
    }

    private static String serverSet(int port, boolean master) {
        return "{\"serviceEndpoint\":{\"host\":\"127.0.0.1\",\"port\":" + port
                + "},\"additionalEndpoints\":{},\"status\":\"ALIVE\"" + (master ? ",\"epoch\":0}" : "}");
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(store.load()).isEmpty();
        assertThat(store.read("nobody")).isEmpty();
        assertThat(discovery()).isEmpty();
    }

    @Test
    void givesBackEveryFieldThatWasWritten() {
        ClusterRecord first = created("demo");
        ClusterRecord full = replaced(first, Records.full(first));

        assertThat(store.load()).containsExactly(full);
        assertThat(store.read(full.uid())).contains(full);
    }

    @Test
    void keepsAllRecordsBinnedOnesIncluded() {
        ClusterRecord old = binned(created("demo"));
        ClusterRecord other = created("other");

        assertThat(store.load()).containsExactlyInAnyOrder(old, other);
    }

    @Test
    void refusesASecondClusterOfTheSameName() {
        ClusterRecord first = created("demo");
        ClusterRecord second = Records.fresh("demo", "uid-2", term);

        assertThatThrownBy(() -> store.create(second))
                .isInstanceOf(NameTakenException.class)
                .hasMessageContaining("demo");
        assertThat(store.load()).containsExactly(first);
    }

    @Test
    void theNameIsFreeAgainOnceTheClusterIsInTheBin() {
        ClusterRecord old = binned(created("demo"));
        ClusterRecord next = Records.fresh("demo", "uid-2", term);

        store.create(next);

        assertThat(store.load()).containsExactlyInAnyOrder(old, next);
    }

    @Test
    void aClusterDoesNotLeaveTheBinWhileItsNameIsTaken() {
        ClusterRecord old = binned(created("demo"));
        ClusterRecord holder = Records.fresh("demo", "uid-2", term);
        store.create(holder);
        ClusterRecord restored = Records.next(old, change -> change.phase(Phase.STEADY));

        assertThatThrownBy(() -> store.replace(old, restored)).isInstanceOf(NameTakenException.class);
        assertThat(store.read(old.uid())).contains(old);
        assertThat(discovery()).isEqualTo(shown("demo"));

        store.remove(holder);
        store.replace(old, restored);
        assertThat(store.load()).containsExactly(restored);
        assertThat(discovery()).isEqualTo(shown("demo"));
    }

    @Test
    void refusesToReplaceWhatSomebodyElseChanged() {
        ClusterRecord first = created("demo");
        ClusterRecord second = replaced(first, Records.next(first, change -> change.ackTarget(1)));

        assertThatThrownBy(() -> store.replace(first, Records.next(first, change -> change.ackTarget(2))))
                .isInstanceOf(StaleRecordException.class)
                .hasMessageContaining("demo");
        assertThatThrownBy(() -> store.remove(first)).isInstanceOf(StaleRecordException.class);
        assertThat(store.load()).containsExactly(second);
    }

    @Test
    void refusesToReplaceOrCreateWhatIsNotAsThought() {
        ClusterRecord record = created("demo");
        assertThatThrownBy(() -> store.create(record)).isInstanceOf(StateException.class);

        store.remove(record);

        assertThatThrownBy(() -> store.replace(record, Records.next(record, change -> change)))
                .isInstanceOf(StaleRecordException.class);
        assertThatThrownBy(() -> store.remove(record)).isInstanceOf(StaleRecordException.class);
    }

    @Test
    void refusesANextRecordThatIsNotOneVersionOn() {
        ClusterRecord record = created("demo");

        assertThatThrownBy(() -> store.replace(record, record)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.replace(record, record.with(change -> change.version(record.version() + 2))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oneOfManyConcurrentWritersWins() throws Exception {
        ClusterRecord record = created("demo");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> writers = IntStream.rangeClosed(1, 8)
                    .<Callable<Boolean>>mapToObj(ackTarget -> () -> won(record, ackTarget))
                    .toList();
            List<Future<Boolean>> outcomes = threads.invokeAll(writers);
            assertThat(outcomes.stream().filter(Future::resultNow)).hasSize(1);
        }
        assertThat(store.read(record.uid()).orElseThrow().version()).isEqualTo(2);
    }

    private boolean won(ClusterRecord record, int ackTarget) {
        try {
            store.replace(record, Records.next(record, change -> change.ackTarget(ackTarget)));
            return true;
        } catch (StaleRecordException e) {
            return false;
        }
    }

    @Test
    void forgetsARemovedRecord() {
        ClusterRecord record = announced(created("demo"), 0, Announced.PRIMARY);

        store.remove(record);

        assertThat(store.load()).isEmpty();
        assertThat(store.read(record.uid())).isEmpty();
        assertThat(discovery()).isEmpty();
        created("demo");
    }

    @Test
    void writesNothingForASchedulerThatDoesNotLead() {
        ClusterRecord record = created("demo");
        StateStore standby = participant().store();

        assertThatThrownBy(() -> standby.create(Records.fresh("other", "uid-2", term)))
                .isInstanceOf(DeposedException.class);
        assertThatThrownBy(() -> standby.replace(record, Records.next(record, change -> change)))
                .isInstanceOf(DeposedException.class);
        assertThatThrownBy(() -> standby.remove(record)).isInstanceOf(DeposedException.class);
        assertThat(standby.load()).containsExactly(record);
    }

    @Test
    void writesNothingUnderATermThatIsOver() throws InterruptedException {
        ClusterRecord record = created("demo");
        Participant second = participant();
        Term secondNews = Term.join(second, "http://second");
        leader.leadership().close();
        long secondTerm = secondNews.next();

        assertThatThrownBy(() -> store.replace(record, Records.next(record, change -> change)))
                .isInstanceOf(DeposedException.class);
        assertThatThrownBy(() -> second.store().replace(record, Records.next(record, change -> change)))
                .as("a record that was made under the former term")
                .isInstanceOf(DeposedException.class);
        ClusterRecord taken = Records.next(record, change -> change.term(secondTerm));
        second.store().replace(record, taken);
        assertThat(second.store().load()).containsExactly(taken);
    }

    @Test
    void showsNoMembersOfANewCluster() {
        created("demo");

        assertThat(discovery()).isEqualTo(shown("demo"));
    }

    @Test
    void showsMembersAsTheyAreAnnounced() {
        ClusterRecord record = created("demo");
        record = announced(record, 1, Announced.REPLICA);
        assertThat(discovery()).isEqualTo(shown("demo", "slaves/member_0000000001"));

        record = announced(record, 0, Announced.PRIMARY);
        record = announced(record, 2, Announced.REPLICA);
        assertThat(discovery())
                .isEqualTo(shown(
                        "demo", "master/member_0000000000", "slaves/member_0000000001", "slaves/member_0000000002"));

        announced(record, 1, Announced.NONE);
        assertThat(discovery()).isEqualTo(shown("demo", "master/member_0000000000", "slaves/member_0000000002"));
    }

    @Test
    void aMemberKeepsItsNameWhenItBecomesThePrimary() {
        ClusterRecord record = announced(created("demo"), 0, Announced.PRIMARY);
        record = announced(record, 1, Announced.REPLICA);

        ClusterRecord old = record;
        ClusterRecord next = Records.next(
                old,
                change -> change.everyMember(member -> switch (member.id().ordinal()) {
                    case 0 -> member.withAnnounced(Announced.NONE);
                    case 1 -> member.withAnnounced(Announced.PRIMARY);
                    default -> member;
                }));
        store.replace(old, next);

        assertThat(discovery()).isEqualTo(shown("demo", "master/member_0000000001"));
    }

    @Test
    void showsAnotherEndpointAsSoonAsItIsAnotherOne() {
        ClusterRecord record = announced(created("demo"), 0, Announced.PRIMARY);

        replaced(
                record,
                Records.next(
                        record,
                        change -> change.everyMember(member -> member.withEndpoint(new Endpoint("127.0.0.1", 3999)))));

        assertThat(discovery()).containsEntry("demo/master/member_0000000000", serverSet(3999, true));
    }

    @Test
    void showsNothingOfAClusterInTheBin() {
        ClusterRecord record = announced(created("demo"), 0, Announced.PRIMARY);
        record = announced(record, 1, Announced.REPLICA);
        created("other");

        binned(record);

        assertThat(discovery()).isEqualTo(shown("other"));
    }

    @Test
    void neverShowsTwoPrimaries() {
        ClusterRecord record = announced(created("demo"), 0, Announced.PRIMARY);

        assertThatThrownBy(() -> store.replace(record, Records.announcing(record, 1, Announced.PRIMARY)))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("more than one primary");
        assertThat(store.load()).containsExactly(record);
        assertThat(discovery()).isEqualTo(shown("demo", "master/member_0000000000"));
    }

    @Test
    void neverShowsAMemberThatNobodyCanFind() {
        ClusterRecord record = created("demo");
        ClusterRecord lost = Records.next(record, change -> {
            change.addMember(3);
            return change.everyMember(member -> member.withAnnounced(Announced.REPLICA));
        });

        assertThatThrownBy(() -> store.replace(record, lost))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("nobody knows where it is");
        assertThat(discovery()).isEqualTo(shown("demo"));
    }
}
