package dev.cotton.core.control;

import dev.cotton.core.model.AutomationPause;
import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.ClusterRecord.Phase;
import dev.cotton.core.model.ClusterRecord.Power;
import dev.cotton.core.model.ClusterRecordChange;
import dev.cotton.core.model.ClusterSpec;
import dev.cotton.core.model.Durability;
import dev.cotton.core.model.Event;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.MysqlOptions;
import dev.cotton.core.model.Operation;
import dev.cotton.core.model.Operation.Kind;
import dev.cotton.core.model.Operation.Outcome;
import dev.cotton.core.model.Origin;
import dev.cotton.core.model.Shape;
import dev.cotton.core.model.Succession;
import dev.cotton.core.model.Succession.Handover;
import dev.cotton.core.wire.QuarantineEntry;
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

    /**
     * The identity of a new cluster.
     *
     * @param secrets sealed
     * @param firstOrdinal that its first instance gets
     * @param origin of its first data; absent when it is to begin empty
     */
    public record Identity(String uid, String secrets, int firstOrdinal, Optional<Origin> origin) {}

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
                Optional.empty(),
                List.of(),
                Optional.empty(),
                identity.firstOrdinal(),
                identity.secrets(),
                identity.origin(),
                asked.now(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                "");
        return bare.with(change -> {
            for (int slot = 0; slot < spec.instances(); slot++) {
                change.addMember(slot);
            }
            return change.addOperation(creation(asked, identity.origin()))
                    .say(
                            asked.now(),
                            Event.Kind.CLUSTER_REQUESTED,
                            Optional.empty(),
                            spec.instances() + " instances of " + spec.size() + " were asked for"
                                    + identity.origin()
                                            .map(from -> ", with the data of " + from)
                                            .orElse("") + ".");
        });
    }

    /** Why {@code kind} cannot be asked of this cluster now, in a sentence; empty when it can. */
    public static Optional<String> objection(ClusterRecord record, Kind kind) {
        boolean live = record.phase() == Phase.CREATING || record.phase() == Phase.STEADY;
        return switch (kind) {
            case CREATE -> Optional.of("The cluster " + record.name() + " exists.");
            case DELETE, REPLACE -> live ? Optional.empty() : Optional.of(record.name() + " is being deleted already.");
            case PURGE ->
                record.phase() == Phase.PURGING
                        ? Optional.of("The data of " + record.name() + " are being destroyed already.")
                        : Optional.empty();
            case RESTORE ->
                record.phase() == Phase.BINNED ? Optional.empty() : Optional.of(record.name() + " is not in the bin.");
            case STOP -> power(record, live, Power.OFF);
            case START -> power(record, live, Power.ON);
            case SWITCHOVER, CHANGE -> succession(record);
            case FAILOVER ->
                record.phase() != Phase.STEADY || record.power() == Power.OFF
                        ? Optional.of(record.name() + " does not run.")
                        : Optional.empty();
        };
    }

    private static Optional<String> succession(ClusterRecord record) {
        if (record.phase() != Phase.STEADY || record.power() == Power.OFF) {
            return Optional.of(record.name() + " does not run.");
        }
        return record.succession().map(now -> switch (now) {
            case Succession.Election election -> "A failover of " + record.name() + " is under way.";
            case Succession.Handover handover -> record.name() + " hands over to " + handover.target() + " already.";
        });
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
            case DELETE -> next -> withoutHandover(next, record).phase(Phase.DELETING);
            case PURGE ->
                next -> withoutHandover(next, record)
                        .heir(Optional.empty())
                        .recovered(Optional.empty())
                        .phase(record.phase() == Phase.BINNED ? Phase.PURGING : Phase.DELETING);
            case RESTORE ->
                next -> next.phase(record.epoch() == 0 ? Phase.CREATING : Phase.STEADY)
                        .power(Power.ON)
                        .heir(Optional.empty())
                        .binnedUntil(Optional.empty());
            case STOP -> next -> withoutHandover(next, record).power(Power.OFF);
            case START -> next -> next.power(Power.ON);
            case SWITCHOVER, FAILOVER, CHANGE, REPLACE ->
                throw new IllegalArgumentException(kind + " needs to be told more.");
        };
        return accept(record, kind, asked, change);
    }

    private static ClusterRecordChange withoutHandover(ClusterRecordChange change, ClusterRecord record) {
        return record.handover().isPresent() ? change.settled() : change;
    }

    /** The record after a switchover to {@code target} was asked for; the planner says beforehand whether it can be. */
    public static ClusterRecord switchOver(ClusterRecord record, InstanceId target, Asked asked) {
        return accept(
                record,
                Kind.SWITCHOVER,
                asked,
                next -> next.succession(new Handover(target, Handover.Step.PREPARING, asked.operation())));
    }

    /**
     * The record after a person has said that what is missing may be lost, and that the former primary takes no writes any
     * more: whoever of the in-sync replicas can be asked is enough.
     */
    public static ClusterRecord acceptLoss(ClusterRecord record, String evidence, Asked asked) {
        return accept(record, Kind.FAILOVER, asked, next -> Electing.fence(next, asked.now(), evidence, true));
    }

    /**
     * The record after {@code wanted} was asked for instead of what was; an earlier such request is overtaken. What
     * instances are made with is changed by replacing them, but for options that a running mysqld can
     * change; the ack count falls at once and rises by its own steps.
     */
    public static ClusterRecord change(ClusterRecord record, ClusterSpec wanted, Asked asked) {
        boolean async = wanted.durability() == Durability.ASYNC;
        return accept(record, Kind.CHANGE, ChangePlan.asked(record.spec(), wanted), asked, next -> {
            inPlace(record, wanted, next);
            return async ? next.spec(wanted).ackCount(0).ackTarget(0) : next.spec(wanted);
        });
    }

    /** Options that a running mysqld can change are what its instance is made with from now on. */
    private static void inPlace(ClusterRecord record, ClusterSpec wanted, ClusterRecordChange next) {
        record.members().stream()
                .filter(member -> MysqlOptions.changeAtRuntime(member.shape().options(), wanted.options()))
                .forEach(member -> next.member(
                        member.id(),
                        same -> same.withShape(new Shape(same.shape().size(), wanted.options()))));
    }

    /**
     * The record after the data of a backup were asked for instead of its own: these go to the bin, and a new cluster takes
     * the name.
     */
    public static ClusterRecord replace(ClusterRecord record, Origin heir, Asked asked) {
        return accept(
                record,
                Kind.REPLACE,
                asked,
                next -> withoutHandover(next, record).phase(Phase.DELETING).heir(Optional.of(heir)));
    }

    /** The record in the bin after its heir has begun, or cannot begin: {@code why}. */
    public static ClusterRecord succeeded(ClusterRecord record, String why, Instant now) {
        return record.with(next -> next.heir(Optional.empty())
                .version(record.version() + 1)
                .say(now, Event.Kind.CLUSTER_RESTORING, Optional.empty(), why));
    }

    /** The record with automation paused, or no longer. */
    public static ClusterRecord pause(ClusterRecord record, Optional<AutomationPause> pause, Instant now) {
        return record.with(next -> next.pause(pause)
                .version(record.version() + 1)
                .say(
                        now,
                        pause.isPresent() ? Event.Kind.AUTOMATION_PAUSED : Event.Kind.AUTOMATION_RESUMED,
                        Optional.empty(),
                        pause.map(by -> by.who() + " paused automation: " + by.why())
                                .orElse("Automation goes on.")));
    }

    /** The record after a person has taken note of its failovers. */
    public static ClusterRecord acknowledgeFailovers(ClusterRecord record, Instant now) {
        return record.with(next -> next.forgetFailovers()
                .version(record.version() + 1)
                .say(
                        now,
                        Event.Kind.FAILOVERS_ACKNOWLEDGED,
                        Optional.empty(),
                        "A person has taken note of " + record.failovers().size() + " failovers."));
    }

    /** The record after a person has said that saved transactions are to be destroyed. */
    public static ClusterRecord discard(ClusterRecord record, QuarantineEntry entry, Instant now) {
        return record.with(next -> next.version(record.version() + 1)
                .say(
                        now,
                        Event.Kind.QUARANTINE_DISCARDED,
                        Optional.of(entry.id().instance()),
                        "A person has the quarantine's entry " + entry.id() + " destroyed: " + entry.transactions()
                                + " transactions that nobody else has (" + entry.errant() + ")."));
    }

    private static ClusterRecord accept(
            ClusterRecord record, Kind kind, Asked asked, UnaryOperator<ClusterRecordChange> change) {
        return accept(record, kind, RequestTexts.sentence(kind), asked, change);
    }

    private static ClusterRecord accept(
            ClusterRecord record, Kind kind, String why, Asked asked, UnaryOperator<ClusterRecordChange> change) {
        return record.with(next -> overtaken(change.apply(next), kind, asked)
                .addOperation(operation(kind, asked, why))
                .version(record.version() + 1)
                .say(asked.now(), RequestTexts.event(kind), Optional.empty(), why));
    }

    /** The record as a new leader takes it over: the first write under its term. */
    public static ClusterRecord takeOver(ClusterRecord record, long term) {
        return record.with(change -> change.term(term).version(record.version() + 1));
    }

    /** An operation that begins now, for {@code why}. */
    static Operation operation(Kind kind, Asked asked, String why) {
        return new Operation(
                asked.operation(),
                kind,
                Outcome.RUNNING,
                asked.now(),
                Optional.empty(),
                asked.idempotencyKey(),
                Progress.steps(kind),
                why);
    }

    private static Operation creation(Asked asked, Optional<Origin> origin) {
        Operation plain = operation(Kind.CREATE, asked, RequestTexts.sentence(Kind.CREATE));
        return origin.isEmpty() ? plain : plain.withSteps(Progress.stepsFromBackup());
    }

    /** What was still running is overtaken by the new request. */
    private static ClusterRecordChange overtaken(ClusterRecordChange change, Kind by, Asked asked) {
        return change.everyOperation(operation -> operation.outcome() == Outcome.RUNNING && ends(by, operation.kind())
                ? operation.ended(Outcome.FAILED, asked.now(), "Overtaken: " + RequestTexts.sentence(by))
                : operation);
    }

    private static boolean ends(Kind by, Kind running) {
        return switch (by) {
            case SWITCHOVER, FAILOVER -> false;
            case CHANGE -> running == Kind.CHANGE;
            case CREATE, DELETE, RESTORE, PURGE, STOP, START, REPLACE -> true;
        };
    }
}
