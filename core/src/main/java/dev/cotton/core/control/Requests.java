package dev.cotton.core.control;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.ClusterRecord.Phase;
import dev.cotton.core.model.ClusterRecord.Power;
import dev.cotton.core.model.ClusterRecordChange;
import dev.cotton.core.model.ClusterSpec;
import dev.cotton.core.model.Event;
import dev.cotton.core.model.Operation;
import dev.cotton.core.model.Operation.Kind;
import dev.cotton.core.model.Operation.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What people ask for, as changes of a record. Pure; whether it is allowed is asked first with {@link #objection}. */
public final class Requests {
    private Requests() {}

    /**
     * Everything a request brings along that is not in the record.
     *
     * @param operation the id of the operation that it becomes
     * @param now wall time, for people
     */
    public record Asked(String operation, Instant now, Optional<String> idempotencyKey) {}

    /** The identity of a new cluster: its uid, its sealed secrets, and the ordinal that its first instance gets. */
    public record Identity(String uid, String secrets, int firstOrdinal) {}

    /** The first record of a new cluster, version 1. */
    public static ClusterRecord create(ClusterName name, ClusterSpec spec, Identity identity, long term, Asked asked) {
        ClusterRecord bare = new ClusterRecord(
                ClusterRecord.SCHEMA,
                name,
                identity.uid(),
                1,
                term,
                Phase.CREATING,
                Power.ON,
                spec,
                0,
                Optional.empty(),
                0,
                0,
                List.of(),
                identity.firstOrdinal(),
                identity.secrets(),
                asked.now(),
                Optional.empty(),
                List.of(),
                List.of(),
                "");
        return bare.with(change -> {
            for (int slot = 0; slot < spec.instances(); slot++) {
                change.addMember(slot);
            }
            return begun(change, Kind.CREATE, asked)
                    .say(
                            asked.now(),
                            Event.Kind.CLUSTER_REQUESTED,
                            Optional.empty(),
                            spec.instances() + " instances of " + spec.size() + " were asked for.");
        });
    }

    /** Why {@code kind} cannot be asked of this cluster now, in a sentence; empty when it can. */
    public static Optional<String> objection(ClusterRecord record, Kind kind) {
        boolean live = record.phase() == Phase.CREATING || record.phase() == Phase.STEADY;
        return switch (kind) {
            case CREATE -> Optional.of("The cluster " + record.name() + " exists.");
            case DELETE -> live ? Optional.empty() : Optional.of(record.name() + " is being deleted already.");
            case PURGE ->
                record.phase() == Phase.PURGING
                        ? Optional.of("The data of " + record.name() + " are being destroyed already.")
                        : Optional.empty();
            case RESTORE ->
                record.phase() == Phase.BINNED ? Optional.empty() : Optional.of(record.name() + " is not in the bin.");
            case STOP -> power(record, live, Power.OFF);
            case START -> power(record, live, Power.ON);
        };
    }

    private static Optional<String> power(ClusterRecord record, boolean live, Power wanted) {
        if (!live) {
            return Optional.of(record.name() + " is deleted.");
        }
        return record.power() == wanted
                ? Optional.of(record.name() + (wanted == Power.ON ? " is not stopped." : " is stopped already."))
                : Optional.empty();
    }

    /** The record after the request, one version on. */
    public static ClusterRecord accept(ClusterRecord record, Kind kind, Asked asked) {
        UnaryOperator<ClusterRecordChange> change = switch (kind) {
            case CREATE -> throw new IllegalArgumentException("A cluster is not created from a record.");
            case DELETE -> next -> next.phase(Phase.DELETING);
            case PURGE -> next -> next.phase(record.phase() == Phase.BINNED ? Phase.PURGING : Phase.DELETING);
            case RESTORE ->
                next -> next.phase(record.epoch() == 0 ? Phase.CREATING : Phase.STEADY)
                        .power(Power.ON)
                        .binnedUntil(Optional.empty());
            case STOP -> next -> next.power(Power.OFF);
            case START -> next -> next.power(Power.ON);
        };
        return record.with(next -> begun(overtaken(change.apply(next), kind, asked), kind, asked)
                .version(record.version() + 1)
                .say(asked.now(), event(kind), Optional.empty(), sentence(kind)));
    }

    /** The record as a new leader takes it over: the first write under its term. */
    public static ClusterRecord takeOver(ClusterRecord record, long term) {
        return record.with(change -> change.term(term).version(record.version() + 1));
    }

    private static ClusterRecordChange begun(ClusterRecordChange change, Kind kind, Asked asked) {
        return change.addOperation(new Operation(
                asked.operation(),
                kind,
                Outcome.RUNNING,
                asked.now(),
                Optional.empty(),
                asked.idempotencyKey(),
                Progress.steps(kind),
                sentence(kind)));
    }

    /** What was still running is overtaken by the new request. */
    private static ClusterRecordChange overtaken(ClusterRecordChange change, Kind by, Asked asked) {
        return change.everyOperation(operation -> operation.outcome() != Outcome.RUNNING
                ? operation
                : new Operation(
                        operation.id(),
                        operation.kind(),
                        Outcome.FAILED,
                        operation.startedAt(),
                        Optional.of(asked.now()),
                        operation.idempotencyKey(),
                        operation.steps(),
                        "Overtaken: " + sentence(by)));
    }

    private static Event.Kind event(Kind kind) {
        return switch (kind) {
            case CREATE -> Event.Kind.CLUSTER_REQUESTED;
            case DELETE, PURGE -> Event.Kind.CLUSTER_DELETING;
            case RESTORE -> Event.Kind.CLUSTER_RESTORING;
            case STOP -> Event.Kind.CLUSTER_STOPPING;
            case START -> Event.Kind.CLUSTER_STARTING;
        };
    }

    private static String sentence(Kind kind) {
        return switch (kind) {
            case CREATE -> "A new cluster was asked for.";
            case DELETE -> "Deletion was asked for; the data go to the bin.";
            case PURGE -> "Destruction of all data was asked for.";
            case RESTORE -> "The cluster is brought back from the bin.";
            case STOP -> "A stop of the databases was asked for.";
            case START -> "The databases are started again.";
        };
    }
}
