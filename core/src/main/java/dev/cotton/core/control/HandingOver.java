package dev.cotton.core.control;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.Event;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Member.Stage;
import dev.cotton.core.model.Operation;
import dev.cotton.core.model.Operation.Outcome;
import dev.cotton.core.model.Succession.Handover;
import dev.cotton.core.model.Succession.Handover.Step;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.MysqlReport.Replication;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Switchover: a healthy primary hands over to an in-sync replica.
 *
 * <ol>
 *   <li>Replicas that the primary can do without are put below the target; writes go on.
 *   <li>A write succeeds with the acknowledgements of those that are left. A replica acknowledges nothing that it had
 *       received before it began to acknowledge; behind such a commit a freeze would hang.
 *   <li>The primary is frozen, and the target receives all that it had reached.
 *   <li>The target is fenced and executes it; the frozen primary says once more what it had reached.
 *   <li>The target is named primary. There is no way back from here.
 * </ol>
 *
 * <p>When a step takes too long before that, or the target's server is gone, everything goes back and the switchover is reported as not done.
 */
final class HandingOver implements Rule {
    /** How long a handover may stand still before it is undone. */
    static final Duration LIMIT = Duration.ofSeconds(5);

    /** How far a target may be behind. */
    static final Duration LAG_LIMIT = Duration.ofSeconds(3);

    /** A backlog that is executed in a few milliseconds, in transactions. */
    private static final long LITTLE = 20;

    /** How long a moment with a small backlog is waited for, with writes going on, before the primary is frozen. */
    private static final Duration CATCHING_UP = Duration.ofSeconds(10);

    @Override
    public Optional<Change> next(Situation situation) {
        ClusterRecord record = situation.record();
        return record.handover()
                .filter(handover -> Roles.runs(record))
                .flatMap(handover -> targetGone(situation, handover)
                        ? Optional.of(undo(situation, handover))
                        : step(situation, handover).or(() -> undoWhatStandsStill(situation, handover)));
    }

    private static Optional<Change> step(Situation situation, Handover handover) {
        return switch (handover.step()) {
            case PREPARING -> prepare(situation, handover);
            case PROVING -> prove(situation, handover);
            case FREEZING -> freeze(situation, handover);
            case TAKING -> take(situation, handover);
        };
    }

    /** The replication account slots of the members that are put below {@code target} before it is primary. */
    static Set<Integer> moving(ClusterRecord record, Handover handover) {
        return movers(record, handover).stream().map(Member::slot).collect(Collectors.toSet());
    }

    /** In-sync replicas but for the target and those whose acknowledgements the primary still needs. */
    static List<Member> movers(ClusterRecord record, Handover handover) {
        return record.inSync().stream()
                .filter(member -> !record.isPrimary(member) && !member.id().equals(handover.target()))
                .filter(member -> member.stage() == Stage.IN_SYNC)
                .skip(Math.max(0, record.ackTarget() - 1))
                .toList();
    }

    private static Optional<Change> prepare(Situation situation, Handover handover) {
        ClusterRecord record = situation.record();
        boolean ready = bothConfirmed(situation, handover)
                && movers(record, handover).stream().allMatch(member -> Electing.attached(situation, member));
        return ready
                ? Optional.of(quietly(
                        handover,
                        Step.PROVING,
                        "The replicas that stay below " + record.primary().orElseThrow()
                                + " are to acknowledge a write."))
                : Optional.empty();
    }

    private static Optional<Change> prove(Situation situation, Handover handover) {
        boolean ready = bothConfirmed(situation, handover) && wroteSince(situation) && caughtUp(situation, handover);
        return ready
                ? Optional.of(quietly(
                        handover,
                        Step.FREEZING,
                        "The primary " + situation.record().primary().orElseThrow() + " is frozen."))
                : Optional.empty();
    }

    /** Whether primary and target have confirmed their roles under the present stamp. */
    private static boolean bothConfirmed(Situation situation, Handover handover) {
        Optional<Member> target = situation.record().member(handover.target());
        return situation.confirmedPrimary().isPresent()
                && target.filter(situation::confirmed).isPresent();
    }

    private static Change quietly(Handover handover, Step next, String why) {
        return Change.quiet(
                why, change -> change.succession(new Handover(handover.target(), next, handover.operation())));
    }

    /** Whether a heartbeat commit has succeeded at the primary for as long as the record stands as it is. */
    private static boolean wroteSince(Situation situation) {
        Duration stood = situation.observation().stood(situation.record());
        return situation
                .record()
                .primaryMember()
                .flatMap(primary -> Assess.writeAge(situation, primary))
                .filter(age -> age.compareTo(stood) < 0)
                .isPresent();
    }

    /** Nobody can write while the target executes its backlog, so a moment is waited for when it has little. */
    private static boolean caughtUp(Situation situation, Handover handover) {
        return Electing.backlog(situation, handover.target()) <= LITTLE
                || situation.observation().stood(situation.record()).compareTo(CATCHING_UP) > 0;
    }

    private static Optional<Change> freeze(Situation situation, Handover handover) {
        ClusterRecord record = situation.record();
        Member target = record.member(handover.target()).orElseThrow();
        return situation
                .reached()
                .filter(reached -> situation.barrierPassed(List.of(target), 1, reached))
                .map(reached -> quietly(
                        handover, Step.TAKING, target.id() + " has received all that the primary had reached."));
    }

    private static Optional<Change> take(Situation situation, Handover handover) {
        ClusterRecord record = situation.record();
        Member target = record.member(handover.target()).orElseThrow();
        Optional<GtidSet> executed = Electing.reached(situation, target)
                .filter(reached -> situation.reached().filter(reached::contains).isPresent());
        List<Member> others = record.inSync().stream()
                .filter(member -> !member.equals(target) && member.stage() == Stage.IN_SYNC)
                .filter(situation::counts)
                .toList();
        int ackCount = record.settled(others.size() + 1);
        return executed.filter(reached -> situation.barrierPassed(others, ackCount, reached))
                .map(reached -> Change.of(
                        Event.Kind.PRIMARY_NAMED,
                        target.id(),
                        target.id() + " takes over from " + record.primary().orElseThrow() + " as the primary of epoch "
                                + (record.epoch() + 1) + ".",
                        change ->
                                Electing.named(change, target, others, ackCount).nextEpoch()));
    }

    private static Optional<Change> undoWhatStandsStill(Situation situation, Handover handover) {
        boolean catchingUp = handover.step() == Step.PROVING && wroteSince(situation);
        Duration limit = catchingUp ? CATCHING_UP.plus(LIMIT) : LIMIT;
        boolean stuck = situation.observation().stood(situation.record()).compareTo(limit) >= 0;
        return stuck ? Optional.of(undo(situation, handover)) : Optional.empty();
    }

    private static Change undo(Situation situation, Handover handover) {
        String why = "The switchover to " + handover.target() + " was not done, and the primary is as before: "
                + obstacle(situation, handover);
        return Change.of(
                Event.Kind.HANDOVER_UNDONE,
                handover.target(),
                why,
                change -> change.settled()
                        .everyOperation(operation -> operation.id().equals(handover.operation())
                                ? failed(situation, operation, why)
                                : operation));
    }

    private static boolean targetGone(Situation situation, Handover handover) {
        Observation observation = situation.observation();
        return observation.lost(handover.target())
                || observation
                        .status(handover.target())
                        .filter(status -> status.mysql().isEmpty())
                        .isPresent();
    }

    private static String obstacle(Situation situation, Handover handover) {
        if (targetGone(situation, handover)) {
            return "its server does not answer any more.";
        }
        return switch (handover.step()) {
            case PREPARING -> "the other replicas could not be put below it within " + Sentences.span(LIMIT) + ".";
            case PROVING -> "the primary completed no write within " + Sentences.span(LIMIT) + ".";
            case FREEZING ->
                situation.reached().isEmpty()
                        ? "writes did not stop within " + Sentences.span(LIMIT) + "."
                        : "it did not receive the last of it within " + Sentences.span(LIMIT) + ".";
            case TAKING -> "it did not execute all that it had received within " + Sentences.span(LIMIT) + ".";
        };
    }

    private static Operation failed(Situation situation, Operation operation, String why) {
        return operation.ended(Outcome.FAILED, situation.observation().now(), why);
    }

    /** The steps of a switchover to {@code target}, in sentences. */
    static List<String> plan(Situation situation, InstanceId target) {
        ClusterRecord record = situation.record();
        List<Member> movers = movers(record, new Handover(target, Step.PREPARING, ""));
        InstanceId primary = record.primary().orElseThrow();
        String moved = movers.isEmpty()
                ? "No other replica has to be moved first."
                : Sentences.names(movers) + (movers.size() == 1 ? " goes" : " go") + " below " + target
                        + "; writes go on at " + primary + ".";
        return List.of(
                moved,
                primary + " completes a write with the replicas that stay below it.",
                primary + " becomes read-only; " + target + " receives all that it has reached.",
                target + " executes all of it.",
                target + " is named the primary of epoch " + (record.epoch() + 1)
                        + " and takes writes; until here everything can be undone.",
                primary + "'s clients are disconnected, and it follows " + target + ".");
    }

    /** Who of those is best to take over now: who may stay where it is, then who is not being copied, then who has the least left to execute. */
    static Optional<InstanceId> best(Situation situation, Predicate<Member> choices) {
        return situation.record().inSync().stream()
                .filter(choices)
                .filter(member -> objection(situation, member).isEmpty())
                .min(Comparator.comparing(
                                (Member member) -> situation.notice(member).isPresent())
                        .thenComparing(situation::backedUp)
                        .thenComparingLong(member -> Electing.backlog(situation, member.id()))
                        .thenComparing(Member::id))
                .map(Member::id);
    }

    /** Why {@code member} cannot take over now; absent when it can. */
    static Optional<String> objection(Situation situation, Member member) {
        ClusterRecord record = situation.record();
        if (record.isPrimary(member)) {
            return Optional.of(member.id() + " is the primary already.");
        }
        if (member.stage() != Stage.IN_SYNC || !situation.counts(member)) {
            return Optional.of(member.id() + " is not in sync.");
        }
        Optional<Replication> replication =
                situation.observation().mysql(member.id()).flatMap(MysqlReport::replication);
        if (replication
                .filter(seen -> seen.receiving() && (seen.applierRunning() || situation.backedUp(member)))
                .isEmpty()) {
            return Optional.of(member.id() + " does not follow the primary now.");
        }
        if (!situation.acknowledges(member)) {
            return Optional.of(member.id() + " does not acknowledge commits yet.");
        }
        return replication
                .filter(seen -> !situation.backedUp(member))
                .flatMap(Replication::lag)
                .filter(lag -> lag.compareTo(LAG_LIMIT) > 0)
                .map(lag -> member.id() + " is " + Sentences.span(lag) + " behind.");
    }
}
