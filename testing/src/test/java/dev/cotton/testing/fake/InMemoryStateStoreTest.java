package dev.cotton.testing.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.port.Leadership;
import dev.cotton.core.port.StateStore.DeposedException;
import dev.cotton.core.port.StateStore.OutcomeUnknownException;
import dev.cotton.testing.contract.Participant;
import dev.cotton.testing.contract.Records;
import dev.cotton.testing.contract.StateStoreContract;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

final class InMemoryStateStoreTest extends StateStoreContract {
    private static final Leadership.Listener NOBODY = new Leadership.Listener() {
        @Override
        public void elected(long term) {}

        @Override
        public void deposed() {}
    };

    private final InMemoryEnsemble ensemble = new InMemoryEnsemble();

    @Override
    protected Participant participant() {
        return InMemoryParticipant.of(ensemble);
    }

    @Override
    protected SortedMap<String, String> discovery() {
        return ensemble.discovery();
    }

    @Test
    void losesAnswersAsTold() {
        InMemoryEnsemble own = new InMemoryEnsemble();
        InMemoryParticipant only = InMemoryParticipant.of(own);
        only.leadership().join("http://only", NOBODY);
        ClusterRecord record = Records.fresh("demo", "uid", own.term());

        only.records().failNext(InMemoryStateStore.Fault.NOT_WRITTEN);
        assertThatThrownBy(() -> only.store().create(record)).isInstanceOf(OutcomeUnknownException.class);
        assertThat(only.store().load()).isEmpty();

        only.records().failNext(InMemoryStateStore.Fault.ANSWER_LOST);
        assertThatThrownBy(() -> only.store().create(record)).isInstanceOf(OutcomeUnknownException.class);
        assertThat(only.store().load()).containsExactly(record);
    }

    @Test
    void aPausedLeaderWritesNothingOnceAnotherLeads() {
        InMemoryEnsemble own = new InMemoryEnsemble();
        InMemoryParticipant first = InMemoryParticipant.of(own);
        InMemoryParticipant second = InMemoryParticipant.of(own);
        first.leadership().join("http://first", NOBODY);
        long term = own.term();
        second.leadership().join("http://second", NOBODY);

        first.election().pause();

        assertThatThrownBy(() -> first.store().create(Records.fresh("demo", "uid", term)))
                .isInstanceOf(DeposedException.class);
    }
}
