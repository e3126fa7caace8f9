package dev.cotton.core.control;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.ClusterSpec;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Decides what happens next to a cluster: at most one change of its record at a time, and the effects that follow from
 * the record as it is persisted.
 *
 * <ol>
 *   <li>{@link #next}: a change, if there is one, is persisted before anything else is done; then it is asked again.
 *   <li>{@link #effects}: what the world lacks of what the persisted record says.
 * </ol>
 *
 * <p>A change that relies on what an executor did looks for its confirmation under exactly the record's stamp, so every
 * persisted change makes all earlier confirmations void. Pure and thread-safe.
 */
public final class Planner {
    private final Settings settings;
    private final List<Rule> rules;

    /**
     * @param settings what the operator of the scheduler has chosen
     */
    public Planner(Settings settings) {
        this.settings = settings;
        this.rules = List.of(
                new Recognizing(),
                new Ending(settings.binRetention()),
                new Beginning(),
                new Electing(),
                new HandingOver(),
                unlessPrimaryChanges(new Doubts()),
                unlessPrimaryChanges(new Leaving(settings.detachedLimit())),
                unlessPrimaryChanges(new AckCount()),
                unlessPrimaryChanges(new Vacating()),
                unlessPrimaryChanges(new GivingUp()),
                unlessPrimaryChanges(new Joining()),
                unlessPrimaryChanges(new Replacing()),
                unlessPrimaryChanges(new Announcing()),
                unlessPrimaryChanges(new Progress()),
                unlessPrimaryChanges(new Filling()),
                new Telling());
    }

    /** The in-sync set and the ack count of the former primary stay in force until the next one is named. */
    private static Rule unlessPrimaryChanges(Rule rule) {
        return situation -> situation.record().succession().isPresent() && Roles.runs(situation.record())
                ? Optional.empty()
                : rule.next(situation);
    }

    /**
     * @param binRetention how long the data of a deleted cluster are kept
     * @param detachedLimit how long an in-sync replica may be detached before it has to leave the set
     */
    public record Settings(Duration binRetention, Duration detachedLimit) {
        /** Seven days in the bin; three seconds detached. */
        public static final Settings ORDINARY = new Settings(Duration.ofDays(7), Duration.ofSeconds(3));
    }

    /**
     * What to do with the record.
     *
     * @param next the record to persist; absent when it is to be removed for good
     */
    public record Step(Optional<ClusterRecord> next, String why) {}

    /** The next step of the record, or nothing when it says what it should. */
    public Optional<Step> next(ClusterRecord record, Observation observation) {
        Situation situation = new Situation(record, observation);
        if (Recognizing.doubt(situation).isPresent()) {
            return Optional.empty();
        }
        if (Ending.finished(situation)) {
            return Optional.of(new Step(Optional.empty(), "All data of " + record.name() + " are destroyed."));
        }
        for (Rule rule : rules) {
            Optional<Change> change = rule.next(situation);
            if (change.isPresent()) {
                return change.map(now -> new Step(Optional.of(now.applied(situation)), now.why()));
            }
        }
        return Optional.empty();
    }

    /** What is to be done because of {@code record}, which must be persisted. */
    public List<Effect> effects(ClusterRecord record, Observation observation) {
        return Effects.of(new Situation(record, observation));
    }

    /** Why {@code target} cannot take over from the primary now; absent when it can. */
    public Optional<String> switchoverObjection(ClusterRecord record, Observation observation, InstanceId target) {
        Situation situation = new Situation(record, observation);
        return record.member(target)
                .map(member -> HandingOver.objection(situation, member))
                .orElseGet(() -> Optional.of(record.name() + " has no instance " + target + "."));
    }

    /**
     * The in-sync replica that has the least left to execute of those that can take over now, one that may stay where it is
     * before one that is to leave its place; absent when none can.
     */
    public Optional<InstanceId> switchoverTarget(ClusterRecord record, Observation observation) {
        return HandingOver.best(new Situation(record, observation), _ -> true);
    }

    /** What a switchover to {@code target}, to which nothing objects, would do. */
    public List<String> switchoverPlan(ClusterRecord record, Observation observation, InstanceId target) {
        return HandingOver.plan(new Situation(record, observation), target);
    }

    /** Why accepting a loss is not needed or does not help now; absent when it does. */
    public Optional<String> failoverObjection(ClusterRecord record, Observation observation) {
        return AcceptedLoss.objection(new Situation(record, observation));
    }

    /** What a failover that accepts a loss would do and what may be lost; the first sentence says what is known. */
    public List<String> failoverPlan(ClusterRecord record, Observation observation) {
        return AcceptedLoss.plan(new Situation(record, observation));
    }

    /** What a deletion, a stop or a purge, to which nothing objects, would do. */
    public List<String> endingPlan(ClusterRecord record, Operation.Kind kind) {
        return EndingPlan.of(record, kind, settings.binRetention());
    }

    /** What changing what was asked for to {@code wanted}, to which nothing objects, would do. */
    public List<String> changePlan(ClusterRecord record, ClusterSpec wanted) {
        return ChangePlan.of(record, wanted);
    }

    /** The state that the cluster is in. */
    public Assessment assess(ClusterRecord record, Observation observation) {
        return Assess.of(new Situation(record, observation));
    }
}
