package dev.cotton.testing.fake;

import dev.cotton.core.port.Leadership;
import dev.cotton.core.port.StateStore;
import dev.cotton.testing.contract.Participant;

/** A scheduler of an {@link InMemoryEnsemble}. */
record InMemoryParticipant(InMemoryLeadership election, InMemoryStateStore records) implements Participant {
    static InMemoryParticipant of(InMemoryEnsemble ensemble) {
        InMemoryLeadership election = new InMemoryLeadership(ensemble);
        return new InMemoryParticipant(election, new InMemoryStateStore(ensemble, election));
    }

    @Override
    public Leadership leadership() {
        return election;
    }

    @Override
    public StateStore store() {
        return records;
    }

    @Override
    public void cutOff() {
        election.suspend();
    }

    @Override
    public void reconnect() {
        election.resume();
    }

    @Override
    public void close() {
        election.close();
    }
}
