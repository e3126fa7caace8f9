package dev.cotton.testing.fake;

import dev.cotton.testing.contract.LeadershipContract;
import dev.cotton.testing.contract.Participant;

final class InMemoryLeadershipTest extends LeadershipContract {
    private final InMemoryEnsemble ensemble = new InMemoryEnsemble();

    @Override
    protected Participant participant() {
        return InMemoryParticipant.of(ensemble);
    }
}
