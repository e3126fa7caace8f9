package dev.cotton.core.control;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.ClusterRecord.Phase;
import dev.cotton.core.model.Event;
import dev.cotton.core.model.Operation;
import java.time.Duration;
import java.util.Optional;

/** From deletion into the bin, and from there to destruction. */
record Ending(Duration binRetention) implements Rule {
    @Override
    public Optional<Change> next(Situation situation) {
        return switch (situation.record().phase()) {
            case DELETING -> deleted(situation);
            case BINNED -> expired(situation);
            case CREATING, STEADY, PURGING -> Optional.empty();
        };
    }

    /** Whether nothing is left of a cluster that is being purged. */
    static boolean finished(Situation situation) {
        return situation.record().phase() == Phase.PURGING
                && situation.record().members().stream()
                        .allMatch(member ->
                                situation.observation().sight(member.id()).isEmpty());
    }

    private Optional<Change> deleted(Situation situation) {
        ClusterRecord record = situation.record();
        if (!record.members().stream().allMatch(member -> Roles.released(situation, member))) {
            return Optional.empty();
        }
        if (situation.running(Operation.Kind.PURGE).isPresent()) {
            return Optional.of(Change.of(
                    Event.Kind.CLUSTER_PURGING,
                    "All servers have stopped; the data are destroyed now, as was asked for.",
                    change -> change.phase(Phase.PURGING)));
        }
        return Optional.of(Change.of(
                Event.Kind.CLUSTER_BINNED,
                "All servers have stopped; the data stay in the bin for " + Sentences.span(binRetention) + ".",
                change -> change.phase(Phase.BINNED)
                        .binnedUntil(Optional.of(situation.observation().now().plus(binRetention)))));
    }

    private static Optional<Change> expired(Situation situation) {
        return situation
                .record()
                .binnedUntil()
                .filter(until -> situation.observation().now().isAfter(until))
                .map(until -> Change.of(
                        Event.Kind.CLUSTER_PURGING,
                        "The time in the bin is over; the data are destroyed.",
                        change -> change.phase(Phase.PURGING)));
    }
}
