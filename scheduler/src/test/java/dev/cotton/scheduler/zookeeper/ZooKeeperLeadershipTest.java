package dev.cotton.scheduler.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.port.StateStore.DeposedException;
import dev.cotton.core.port.StateStore.StateException;
import dev.cotton.testing.contract.LeadershipContract;
import dev.cotton.testing.contract.Participant;
import dev.cotton.testing.contract.Records;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ZooKeeperLeadershipTest extends LeadershipContract {
    @RegisterExtension
    static final TestEnsemble ENSEMBLE = new TestEnsemble();

    @Override
    protected Participant participant() {
        return ENSEMBLE.scheduler();
    }

    @Test
    void aLeaderThatWasPausedAndResumedWritesNothing() throws Exception {
        TestEnsemble.Scheduler first = ENSEMBLE.leader();
        ClusterRecord record = Records.fresh("demo", "uid", first.term());
        first.store().create(record);
        long firstTerm = first.term();
        first.wire().freeze();

        TestEnsemble.Scheduler second = ENSEMBLE.leader();
        ClusterRecord taken = Records.next(record, change -> change.term(second.term()));
        second.store().replace(record, taken);
        CompletableFuture<Void> late =
                CompletableFuture.runAsync(() -> first.store().create(Records.fresh("late", "uid-late", firstTerm)));
        first.wire().mend();

        assertThatThrownBy(late::get).cause().isInstanceOf(StateException.class);
        assertThat(second.term()).isGreaterThan(firstTerm);
        assertThatThrownBy(() -> first.store().replace(taken, Records.next(taken, change -> change.term(firstTerm))))
                .isInstanceOf(StateException.class);
        assertThat(second.store().load()).containsExactly(taken);
    }

    /** The term alone protects: the first leader's session is alive and it believes to lead. */
    @Test
    void aLeaderWhoseTermIsOverWritesNothingAndStandsAgain() throws Exception {
        TestEnsemble.Scheduler first = ENSEMBLE.leader();
        long firstTerm = first.term();
        ENSEMBLE.stranger().setData().forPath(ENSEMBLE.root() + "/cotton/term", "41".getBytes(UTF_8));

        assertThatThrownBy(() -> first.store().create(Records.fresh("demo", "uid", firstTerm)))
                .isInstanceOf(DeposedException.class)
                .hasMessageContaining("Another scheduler leads");

        await().untilAsserted(() -> assertThat(first.connection().term().held())
                .hasValueSatisfying(held -> assertThat(held.number()).isEqualTo(42)));
        assertThat(first.store().load()).isEmpty();
        first.store().create(Records.fresh("demo", "uid", 42));
    }

    @Test
    void aSchedulerWhosePlaceIsGoneBeginsNoTerm() {
        TestEnsemble.Scheduler scheduler = ENSEMBLE.scheduler();
        String gone = ENSEMBLE.root() + "/cotton/election/gone";

        assertThat(new TermRaise(scheduler.connection(), gone, "http://late").attempt())
                .isEmpty();

        assertThat(ENSEMBLE.seen("/cotton")).containsEntry("term", "0").doesNotContainKey("leader");
    }

    @Test
    void theTermOutlivesTheServersOfAllLeaders() {
        List<Long> terms = Stream.generate(() -> {
                    TestEnsemble.Scheduler leader = ENSEMBLE.leader();
                    long term = leader.term();
                    leader.close();
                    return term;
                })
                .limit(3)
                .toList();

        assertThat(terms).containsExactly(1L, 2L, 3L);
    }
}
