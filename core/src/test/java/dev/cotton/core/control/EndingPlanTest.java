package dev.cotton.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.ClusterRecord.Phase;
import dev.cotton.core.model.ClusterRecord.Power;
import dev.cotton.core.model.Operation.Kind;
import org.junit.jupiter.api.Test;

class EndingPlanTest {
    private final ClusterRecord record = new Theatre(3).settle().record;
    private final Planner planner = new Planner(Planner.Settings.ORDINARY);

    @Test
    void aDeletionStopsThePrimaryFirstAndKeepsTheData() {
        assertThat(planner.endingPlan(record, Kind.DELETE))
                .containsExactly(
                        "demo-0, demo-1, demo-2 leave discovery, so that no new client comes.",
                        "demo-0, the primary, refuses new connections and stops first, while its replicas can still"
                                + " acknowledge.",
                        "demo-1, demo-2 stop.",
                        "Its name is free, and the data of demo-0, demo-1, demo-2 are in the bin for 7 days; a restore"
                                + " brings the cluster back.");
    }

    @Test
    void aPurgeSaysThatThereIsNoWayBack() {
        assertThat(planner.endingPlan(record, Kind.PURGE)).last().asString().endsWith("are destroyed for ever.");
        assertThat(planner.endingPlan(record.with(change -> change.phase(Phase.BINNED)), Kind.PURGE))
                .containsExactly("What is in the bin, the data of demo-0, demo-1, demo-2, is destroyed for ever.");
    }

    @Test
    void whatIsStoppedIsNotStoppedAgain() {
        assertThat(planner.endingPlan(record.with(change -> change.power(Power.OFF)), Kind.DELETE))
                .hasSize(1);
    }
}
