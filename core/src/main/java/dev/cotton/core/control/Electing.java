package dev.cotton.core.control;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.ClusterRecordChange;
import dev.cotton.core.model.Event;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Member.Announced;
import dev.cotton.core.model.Member.Stage;
import dev.cotton.core.model.Operation;
import dev.cotton.core.model.Operation.Outcome;
import dev.cotton.core.model.Succession.Election;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Failover. Each step is persisted before anything follows from it:
 *
 * <ol>
 *   <li>The primary is dead and enough others can be asked: the next epoch begins, and every member is fenced.
 *   <li>Enough have answered what they have received: one that has all of it is chosen. It drains; the others that
 *       answered are put below it.
 *   <li>Enough of them have received all that the choice has executed: it is the primary, of an in-sync set of those.
 * </ol>
 *
 * <p>The old in-sync set and ack count stay in force until the last step. When the choice or one of those that answered
 * is gone on the way, it starts over with no answers.
 */
final class Electing implements Rule {
    /** Failovers in {@link #BUDGET_SPAN} before people are to look. */
    static final int BUDGET = 3;

    static final Duration BUDGET_SPAN = Duration.ofMinutes(10);

    /** How long more answers, or more attached members, are waited for than are needed. */
    private static final Duration COURTESY = Duration.ofSeconds(3);

    /** How long somebody may be silent who answered before. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    @Override
    public Optional<Change> next(Situation situation) {
        ClusterRecord record = situation.record();
        if (!Roles.runs(record) || record.primary().isEmpty()) {
            return Optional.empty();
        }
        Optional<Election> election = record.election();
        if (election.isEmpty()) {
            return begin(situation);
        }
        return election.flatMap(now -> now.choice().isEmpty()
                ? choose(situation, now)
                : startOver(situation, now).or(() -> name(situation, now)));
    }

    private static Optional<Change> begin(Situation situation) {
        if (objection(situation).isPresent() || !Quorum.inReach(situation)) {
            return Optional.empty();
        }
        return Death.evidence(situation)
                .map(evidence -> Change.of(
                        Event.Kind.PRIMARY_LOST,
                        situation.record().primary().orElseThrow(),
                        evidence + " Another primary is elected.",
                        change -> fence(change, situation.observation().now(), evidence, false)));
    }

    /** Why nothing fails over by itself, whatever happens to the primary. */
    static Optional<String> objection(Situation situation) {
        ClusterRecord record = situation.record();
        Instant now = situation.observation().now();
        Optional<String> paused = record.pause()
                .filter(pause -> pause.holds(now))
                .map(pause -> "Automation is paused by " + pause.who() + ": " + pause.why());
        long recent = record.failovers().stream()
                .filter(at -> at.isAfter(now.minus(BUDGET_SPAN)))
                .count();
        return paused.or(() -> recent < BUDGET
                ? Optional.empty()
                : Optional.of("Flapping: " + recent + " failovers in " + Sentences.span(BUDGET_SPAN)
                        + ". The next one waits until that is acknowledged, or until it has been quiet."));
    }

    /** The next epoch: everybody is fenced, and the dead primary is not shown to clients any more. */
    static ClusterRecordChange fence(ClusterRecordChange change, Instant now, String evidence, boolean lossAccepted) {
        return change.nextEpoch()
                .everyOperation(operation ->
                        operation.kind() == Operation.Kind.SWITCHOVER && operation.outcome() == Outcome.RUNNING
                                ? operation.ended(Outcome.FAILED, now, "Overtaken by a failover: " + evidence)
                                : operation)
                .succession(new Election(Optional.empty(), List.of(), lossAccepted, evidence))
                .hidePrimary()
                .said(Assessment.State.FAILING_OVER.name());
    }

    private static Optional<Change> choose(Situation situation, Election election) {
        ClusterRecord record = situation.record();
        List<Member> answers = Quorum.answers(situation);
        boolean more = answers.size() < record.inSync().size() - 1
                && situation.observation().stood(record).compareTo(COURTESY) < 0;
        boolean replicasSuffice = Quorum.suffices(
                record,
                answers.stream().filter(member -> !record.isPrimary(member)).toList());
        boolean lossy = Quorum.lossy(record);
        if (!Quorum.suffices(record, answers) || (more && (lossy || !replicasSuffice))) {
            return Optional.empty();
        }
        return best(situation, answers, election.lossAccepted())
                .map(choice -> Change.of(
                        Event.Kind.PRIMARY_CHOSEN,
                        choice.id(),
                        choice.id() + " has received all that " + Sentences.names(answers)
                                + " have, and is chosen to be the primary." + (lossy ? loss(situation, choice) : ""),
                        change -> change.succession(new Election(
                                Optional.of(choice.id()),
                                answers.stream().map(Member::id).toList(),
                                election.lossAccepted(),
                                election.evidence()))));
    }

    /** What clients should know when fewer were asked than would be needed to lose nothing. */
    private static String loss(Situation situation, Member choice) {
        return " Commits that only "
                + Sentences.names(situation.record().inSync().stream()
                        .filter(member -> !member.equals(choice))
                        .toList())
                + " had received may be missing: those after "
                + situation.received(choice).orElse(GtidSet.EMPTY)
                + ". Whoever comes back with them has them saved in the quarantine.";
    }

    /** Who has received all that any of them has; of several the one that is first to have executed it. */
    static Optional<Member> best(Situation situation, List<Member> answers, boolean lossAccepted) {
        Comparator<Member> order = Comparator.<Member, Boolean>comparing(
                        member -> situation.record().isPrimary(member))
                .thenComparingLong(member -> backlog(situation, member.id()))
                .thenComparing(Member::id);
        Optional<Member> superset = answers.stream()
                .filter(member -> answers.stream()
                        .allMatch(other -> situation
                                .received(member)
                                .orElse(GtidSet.EMPTY)
                                .contains(situation.received(other).orElse(GtidSet.EMPTY))))
                .min(order);
        return superset.or(() -> lossAccepted
                ? answers.stream()
                        .max(Comparator.comparingLong(member ->
                                situation.received(member).orElse(GtidSet.EMPTY).count()))
                : Optional.empty());
    }

    /** How many transactions {@code id} has received and not executed yet. */
    static long backlog(Situation situation, InstanceId id) {
        return situation
                .observation()
                .mysql(id)
                .map(mysql -> mysql.received().minus(mysql.executed()).count())
                .orElse(Long.MAX_VALUE);
    }

    private static Optional<Change> startOver(Situation situation, Election election) {
        return election.answered().stream()
                .filter(id -> goneFor(situation, id))
                .findFirst()
                .map(id -> Change.of(
                        Event.Kind.ELECTION_RESTARTED,
                        id,
                        id + " answered and is gone: the election starts over.",
                        change -> change.succession(new Election(
                                Optional.empty(), List.of(), election.lossAccepted(), election.evidence()))));
    }

    private static boolean goneFor(Situation situation, InstanceId id) {
        Optional<Member> member = situation.record().member(id);
        Optional<Status> status = situation.observation().status(id);
        if (member.isEmpty()
                || situation.observation().lost(id)
                || member.filter(situation::stranger).isPresent()) {
            return true;
        }
        boolean silent = situation
                .observation()
                .sight(id)
                .flatMap(Observation.Sight::heard)
                .filter(heard -> heard.silence().compareTo(SILENCE) > 0)
                .isPresent();
        return status.map(seen -> seen.mysql().isEmpty()).orElse(silent);
    }

    private static Optional<Change> name(Situation situation, Election election) {
        ClusterRecord record = situation.record();
        Member choice = election.choice().flatMap(record::member).orElseThrow();
        Optional<GtidSet> reached = reached(situation, choice);
        List<Member> others = election.answered().stream()
                .flatMap(id -> record.member(id).stream())
                .filter(member -> !member.equals(choice))
                .toList();
        // The former primary may answer although its host has booted; below another one it does not count like that.
        List<Member> attached = others.stream()
                .filter(member -> attached(situation, member))
                .filter(situation::counts)
                .toList();
        boolean waits = attached.size() < others.size()
                && situation.observation().stood(record).compareTo(COURTESY) < 0;
        int ackCount = record.settled(attached.size() + 1);
        return reached.filter(target -> !waits)
                .filter(target -> situation.barrierPassed(attached, ackCount, target))
                .map(target -> Change.of(
                        Event.Kind.PRIMARY_NAMED,
                        choice.id(),
                        choice.id() + " is the primary of epoch " + record.epoch() + "; in sync with it: "
                                + (attached.isEmpty() ? "nobody" : Sentences.names(attached)) + ".",
                        change -> named(change, choice, attached, ackCount)
                                .addFailover(situation.observation().now())));
    }

    /** What a candidate has executed, when it has drained and let the others in under the present stamp. */
    static Optional<GtidSet> reached(Situation situation, Member candidate) {
        return Optional.of(candidate)
                .filter(situation::confirmed)
                .flatMap(member -> situation.observation().mysql(member.id()))
                .flatMap(MysqlReport::reached);
    }

    static boolean attached(Situation situation, Member member) {
        return situation.confirmed(member)
                && situation
                        .observation()
                        .mysql(member.id())
                        .flatMap(MysqlReport::replication)
                        .filter(MysqlReport.Replication::receiving)
                        .isPresent();
    }

    /** The record with a new primary and an in-sync set of it and {@code others}; everybody else has to join again. */
    static ClusterRecordChange named(ClusterRecordChange change, Member choice, List<Member> others, int ackCount) {
        return change.primary(choice.id())
                .settled()
                .ackCount(ackCount)
                .ackTarget(ackCount)
                .everyMember(member -> stage(member, choice, others));
    }

    private static Member stage(Member member, Member choice, List<Member> others) {
        boolean kept = member.equals(choice) || others.contains(member);
        Member shown = member.announced() == Announced.PRIMARY && !member.equals(choice)
                ? member.withAnnounced(Announced.NONE)
                : member;
        return switch (member.stage()) {
            case IN_SYNC, LEAVING -> shown.withStage(kept ? Stage.IN_SYNC : Stage.DETACHED);
            case FOLLOWING, ERRANT -> shown.withStage(Stage.DETACHED);
            case LAUNCHING, DETACHED, RETIRING -> shown;
        };
    }
}
