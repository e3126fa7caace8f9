package dev.cotton.core.control;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.Event;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Member.Stage;
import java.util.List;
import java.util.Optional;

/**
 * Raises the ack count to that of a settled set: the target is persisted, the primary uses it, a barrier on the in-sync
 * replicas with the new count is passed, and only then is it in force. (Without the barrier, commits that were
 * acknowledged under the lower count can be lost when the primary dies right after.)
 */
final class AckCount implements Rule {
    @Override
    public Optional<Change> next(Situation situation) {
        ClusterRecord record = situation.record();
        boolean leaving = record.members().stream().anyMatch(member -> member.stage() == Stage.LEAVING);
        if (!Roles.runs(record) || leaving) {
            return Optional.empty();
        }
        return record.ackTarget() > record.ackCount() ? confirm(situation) : raise(situation);
    }

    private static Optional<Change> raise(Situation situation) {
        ClusterRecord record = situation.record();
        int settled = record.settledAckCount();
        long acking =
                situation.inSyncReplicas().stream().filter(situation::confirmed).count();
        if (record.ackTarget() >= settled
                || acking < settled
                || situation.confirmedPrimary().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Change.quiet(
                "The primary is to wait for " + settled + " acknowledgements.", change -> change.ackTarget(settled)));
    }

    private static Optional<Change> confirm(Situation situation) {
        ClusterRecord record = situation.record();
        List<Member> replicas = situation.inSyncReplicas();
        Optional<GtidSet> target = situation.reached();
        return target.filter(reached -> situation.barrierPassed(replicas, record.ackTarget(), reached))
                .map(reached -> Change.of(
                        Event.Kind.ACK_COUNT_CHANGED,
                        "Each commit is now received by " + record.ackTarget() + " of " + replicas.size()
                                + " in-sync replicas before it is acknowledged.",
                        change -> change.ackCount(record.ackTarget())));
    }
}
