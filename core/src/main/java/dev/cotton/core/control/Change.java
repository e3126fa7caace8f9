package dev.cotton.core.control;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.ClusterRecordChange;
import dev.cotton.core.model.Event;
import dev.cotton.core.model.InstanceId;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One step of a cluster's record, to be persisted before anything that follows from it is done.
 *
 * @param what the change to the record
 * @param kind of the event that tells of it; absent for steps that nobody needs to hear of
 * @param why the sentence: log line, event and test assertion
 */
record Change(
        UnaryOperator<ClusterRecordChange> what, Optional<Event.Kind> kind, Optional<InstanceId> instance, String why) {

    static Change of(Event.Kind kind, String why, UnaryOperator<ClusterRecordChange> what) {
        return new Change(what, Optional.of(kind), Optional.empty(), why);
    }

    static Change of(Event.Kind kind, InstanceId instance, String why, UnaryOperator<ClusterRecordChange> what) {
        return new Change(what, Optional.of(kind), Optional.of(instance), why);
    }

    /** A step without an event. */
    static Change quiet(String why, UnaryOperator<ClusterRecordChange> what) {
        return new Change(what, Optional.empty(), Optional.empty(), why);
    }

    /** The next record, one version on. */
    ClusterRecord applied(Situation situation) {
        ClusterRecord record = situation.record();
        return record.with(change -> {
            ClusterRecordChange next = what.apply(change).version(record.version() + 1);
            return kind.map(told -> next.say(situation.observation().now(), told, instance, why))
                    .orElse(next);
        });
    }
}
