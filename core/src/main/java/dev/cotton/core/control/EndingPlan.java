package dev.cotton.core.control;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.ClusterRecord.Phase;
import dev.cotton.core.model.ClusterRecord.Power;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Operation.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a request that ends something would do, in sentences. */
final class EndingPlan {
    private EndingPlan() {}

    /**
     * @param kind {@link Kind#DELETE}, {@link Kind#STOP}, {@link Kind#PURGE} or {@link Kind#REPLACE}
     * @param binRetention how long deleted data are kept
     */
    static List<String> of(ClusterRecord record, Kind kind, Duration binRetention) {
        List<String> steps = new ArrayList<>();
        boolean binned = record.phase() == Phase.BINNED;
        if (!binned && record.power() == Power.ON) {
            addStop(record, steps);
        }
        String data = "the data of " + Sentences.names(record.members());
        steps.add(
                switch (kind) {
                    case STOP -> "The places and " + data + " are kept; a start lets the cluster run again.";
                    case DELETE ->
                        "Its name is free, and " + data + " are in the bin for " + Sentences.span(binRetention)
                                + "; a restore brings the cluster back.";
                    case REPLACE ->
                        data + " are in the bin for " + Sentences.span(binRetention)
                                + "; the new cluster takes the name, size, options, user and password.";
                    case PURGE ->
                        binned
                                ? "What is in the bin, " + data + ", is destroyed for ever."
                                : "Its name is free, and " + data + " are destroyed for ever.";
                    case CREATE, RESTORE, START, SWITCHOVER, FAILOVER, CHANGE ->
                        throw new IllegalArgumentException(kind + " ends nothing.");
                });
        return List.copyOf(steps);
    }

    private static void addStop(ClusterRecord record, List<String> steps) {
        List<Member> replicas = record.members().stream()
                .filter(member -> !record.isPrimary(member))
                .toList();
        steps.add(Sentences.names(record.members())
                + (record.members().size() == 1 ? " leaves" : " leave")
                + " discovery, so that no new client comes.");
        record.primary()
                .ifPresent(primary -> steps.add(primary + ", the primary, refuses new connections and stops"
                        + (replicas.isEmpty() ? "." : " first, while its replicas can still acknowledge.")));
        if (!replicas.isEmpty()) {
            steps.add(Sentences.names(replicas) + (replicas.size() == 1 ? " stops." : " stop."));
        }
    }
}
