package dev.cotton.core.control;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.Event;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Member.Stage;
import dev.cotton.core.wire.Lifecycle;
import java.util.List;
import java.util.Optional;

/**
 * Into the in-sync set, one step of the record at a time.
 *
 * <ol>
 *   <li>A member confirms, fenced, that its receiver is stopped and its ack flag off; the primary, which has locked it
 *       out, has reached all that it holds: it is admitted, with the incarnation of its data, and follows without
 *       acknowledging.
 *   <li>It has received all that the primary had reached: it is in the set, with the ack count unchanged.
 * </ol>
 *
 * <p>One that holds more than the primary is noted as detached, with its incarnation; {@link GivingUp} has the rest.
 *
 * <p>{@link AckCount} then raises the count.
 */
final class Joining implements Rule {
    @Override
    public Optional<Change> next(Situation situation) {
        ClusterRecord record = situation.record();
        if (!settled(record)) {
            return Optional.empty();
        }
        return fallBack(situation)
                .or(() -> join(situation))
                .or(() -> admit(situation))
                .or(() -> arrive(situation));
    }

    /** Whether the set is neither left nor counted anew at the moment. */
    static boolean settled(ClusterRecord record) {
        return record.phase() == ClusterRecord.Phase.STEADY
                && Roles.runs(record)
                && record.ackTarget() == record.ackCount()
                && record.members().stream().noneMatch(member -> member.stage() == Stage.LEAVING);
    }

    /** A member that lost its data while it followed begins anew; it was never counted. */
    private static Optional<Change> fallBack(Situation situation) {
        return situation.record().members().stream()
                .filter(member -> member.stage() == Stage.FOLLOWING && situation.stranger(member))
                .findFirst()
                .map(member -> Change.quiet(
                        member.id() + " has lost its data and begins anew.",
                        change -> change.member(member.id(), empty -> empty.withStage(Stage.DETACHED))));
    }

    /** A fresh member that holds what the primary has not. */
    private static Optional<Change> arrive(Situation situation) {
        List<Member> arrived = situation.record().members().stream()
                .filter(member -> fresh(situation, member))
                .filter(member -> errantCount(situation, member).isPresent())
                .toList();
        if (arrived.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Change.quiet(
                Sentences.names(arrived) + " has data of its own and waits to be admitted.",
                change -> change.everyMember(member ->
                        arrived.contains(member) ? named(situation, member).withStage(Stage.DETACHED) : member)));
    }

    /** Whether {@code member} has confirmed that it is fenced, and has data that the record does not name. */
    private static boolean fresh(Situation situation, Member member) {
        boolean unnamed =
                member.stage() == Stage.LAUNCHING || (member.stage() == Stage.DETACHED && situation.stranger(member));
        return unnamed
                && situation.confirmed(member)
                && situation.received(member).isPresent()
                && situation.reportedIncarnation(member.id()).isPresent();
    }

    /** With the incarnation that it reports. */
    private static Member named(Situation situation, Member member) {
        return situation
                .reportedIncarnation(member.id())
                .map(member::withIncarnation)
                .orElse(member);
    }

    /**
     * One report says that a member is fenced, which data it has and what of them: one that is fresh need not be noted
     * as detached first.
     */
    private static Optional<Change> admit(Situation situation) {
        List<Member> admitted = situation.record().members().stream()
                .filter(member -> fresh(situation, member)
                        || (member.stage() == Stage.DETACHED
                                && situation.confirmed(member)
                                && sameData(situation, member)))
                .filter(member -> running(situation, member))
                .filter(member -> Vacating.whyDismissed(situation, member).isEmpty())
                .filter(member -> errantCount(situation, member)
                        .filter(count -> count == 0)
                        .isPresent())
                .toList();
        if (admitted.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Change.of(
                Event.Kind.MEMBER_ADMITTED,
                admitted.getFirst().id(),
                Sentences.names(admitted) + " may follow the primary, which has all that it holds.",
                change -> change.everyMember(member ->
                        admitted.contains(member) ? named(situation, member).withStage(Stage.FOLLOWING) : member)));
    }

    /** How many transactions {@code member} has that the primary has not; absent when that is not known now. */
    static Optional<Long> errantCount(Situation situation, Member member) {
        return errantSet(situation, member).map(GtidSet::count);
    }

    /** What {@code member} has and the primary has not; absent when that is not known now. */
    static Optional<GtidSet> errantSet(Situation situation, Member member) {
        return situation
                .reached()
                .flatMap(reached -> situation.received(member).map(received -> received.minus(reached)));
    }

    /** Whether {@code member} runs on the data that the record names. */
    static boolean sameData(Situation situation, Member member) {
        return situation.reportedIncarnation(member.id()).equals(member.incarnation()) && running(situation, member);
    }

    private static boolean running(Situation situation, Member member) {
        return situation
                .observation()
                .status(member.id())
                .filter(status -> status.lifecycle() == Lifecycle.RUNNING)
                .isPresent();
    }

    private static Optional<Change> join(Situation situation) {
        return situation.reached().flatMap(target -> {
            List<Member> joined = situation.record().members().stream()
                    .filter(member -> member.stage() == Stage.FOLLOWING)
                    .filter(situation::confirmed)
                    .filter(member -> situation.barrierPassed(List.of(member), 1, target))
                    .toList();
            return joined.isEmpty() ? Optional.empty() : Optional.of(joined(joined));
        });
    }

    private static Change joined(List<Member> joined) {
        return Change.of(
                Event.Kind.MEMBER_IN_SYNC,
                joined.getFirst().id(),
                Sentences.names(joined) + " has received all that the primary had reached, and is in sync.",
                change -> change.everyMember(
                        member -> joined.contains(member) ? member.withStage(Stage.IN_SYNC) : member));
    }
}
