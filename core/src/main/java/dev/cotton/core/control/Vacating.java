package dev.cotton.core.control;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.ClusterRecord.Phase;
import dev.cotton.core.model.Event;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Member.Stage;
import dev.cotton.core.model.Operation;
import dev.cotton.core.model.Succession.Handover;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A member that is to leave its place is replaced elsewhere before it goes. One moves at a time:
 *
 * <ol>
 *   <li>{@link Replacing} wants one more instance: the cluster is one larger for a while.
 *   <li>As many others are in sync, and well, as were asked for. If it is the primary, it hands over to one of them.
 *   <li>{@link Leaving} takes it out of the in-sync set.
 *   <li>It is out of discovery for a while, so that its clients go elsewhere; then it is dismissed, with its data.
 * </ol>
 *
 * <p>A member that is not needed, because fewer are asked for or a place may be kept after all, goes in the same way.
 */
final class Vacating implements Rule {
    /** How long clients that knew a replica by discovery may go on reading from it. */
    static final Duration DRAIN = Duration.ofSeconds(10);

    /** After a switchover that was not done, before another one is tried. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    @Override
    public Optional<Change> next(Situation situation) {
        return applies(situation.record()) ? dismiss(situation).or(() -> handOver(situation)) : Optional.empty();
    }

    private static boolean applies(ClusterRecord record) {
        return record.phase() == Phase.STEADY && Roles.runs(record);
    }

    /** Why one more instance than was asked for is wanted; absent when it is not. */
    static Optional<String> whyOneMore(Situation situation) {
        return noticed(situation)
                .filter(_ -> applies(situation.record()))
                .findFirst()
                .map(member -> toLeave(situation, member) + " Another instance is made elsewhere first.");
    }

    /** Why {@code member} goes now; absent when it stays, or when others are waited for. */
    static Optional<String> whyDismissed(Situation situation, Member member) {
        return goer(situation)
                .filter(member::equals)
                .map(goer -> situation
                        .notice(goer)
                        .map(notice -> "it is to be replaced (" + notice + "), and enough others are in sync")
                        .orElse("the cluster has more instances than were asked for"));
    }

    /** What is on its way, a sentence each. */
    static List<String> moves(Situation situation) {
        ClusterRecord record = situation.record();
        if (!applies(record)) {
            return List.of();
        }
        List<String> moves = new ArrayList<>();
        noticed(situation)
                .forEach(member -> moves.add(toLeave(situation, member)
                        + (record.isPrimary(member) ? Electing.objection(situation) : Optional.<String>empty())
                                .map(objection -> " No other primary is named by itself: " + objection)
                                .orElse("")));
        surplus(situation)
                .findFirst()
                .ifPresent(member ->
                        moves.add(member.id() + " goes: the cluster has more instances than were asked for."));
        return moves;
    }

    private static String toLeave(Situation situation, Member member) {
        return member.id() + " is to be replaced: " + situation.notice(member).orElseThrow() + ".";
    }

    private static Stream<Member> noticed(Situation situation) {
        return situation.record().members().stream()
                .filter(member -> member.stage() != Stage.RETIRING)
                .filter(member -> situation.notice(member).isPresent());
    }

    /** Members that are more than were asked for, not counting who is to leave its place; who goes first first. */
    private static Stream<Member> surplus(Situation situation) {
        ClusterRecord record = situation.record();
        int asked = record.spec().instances();
        if (record.members().size() <= asked) {
            return Stream.empty();
        }
        List<Member> staying = record.members().stream()
                .filter(member -> member.stage() != Stage.RETIRING)
                .filter(member -> !situation.observation().lost(member.id()))
                .filter(member -> situation.notice(member).isEmpty())
                .toList();
        return staying.stream()
                .filter(member -> !record.isPrimary(member))
                .filter(_ -> staying.size() > asked)
                .sorted(Comparator.comparing(Member::inSync)
                        .thenComparingLong(member -> -neighbours(situation, staying, member))
                        .thenComparing(Comparator.comparing(Member::id).reversed()));
    }

    /** How many others of {@code staying} are on the same host. */
    private static long neighbours(Situation situation, List<Member> staying, Member member) {
        return host(situation, member)
                .map(host -> staying.stream()
                        .filter(other -> !other.equals(member))
                        .filter(other ->
                                host(situation, other).filter(host::equals).isPresent())
                        .count())
                .orElse(0L);
    }

    private static Optional<String> host(Situation situation, Member member) {
        return situation
                .observation()
                .sight(member.id())
                .map(sight -> sight.place().host());
    }

    /** The one replica that can go now. */
    private static Optional<Member> goer(Situation situation) {
        ClusterRecord record = situation.record();
        return Stream.concat(noticed(situation).sorted(Comparator.comparing(Member::inSync)), surplus(situation))
                .filter(_ -> applies(record))
                .filter(member -> !record.isPrimary(member))
                .filter(member -> enoughWithout(situation, member))
                .findFirst();
    }

    private static boolean enoughWithout(Situation situation, Member member) {
        ClusterRecord record = situation.record();
        return record.members().stream()
                        .filter(other -> !other.equals(member))
                        .filter(other -> Assess.well(situation, other))
                        .count()
                >= record.spec().instances();
    }

    private static Optional<Change> dismiss(Situation situation) {
        return goer(situation)
                .filter(member -> holdsNothing(situation, member) && drained(situation, member))
                .map(member -> Change.of(
                        Event.Kind.MEMBER_DISMISSED,
                        member.id(),
                        member.id() + " is dismissed, with its data: "
                                + whyDismissed(situation, member).orElseThrow() + ".",
                        change -> change.member(member.id(), gone -> gone.withStage(Stage.RETIRING))));
    }

    /** Whether nobody misses the data of {@code member}, as far as it can be asked. */
    private static boolean holdsNothing(Situation situation, Member member) {
        return switch (member.stage()) {
            // The engine may be about to hear of one that it does not know, and would keep it for nobody.
            case LAUNCHING -> situation.observation().sight(member.id()).isPresent();
            case FOLLOWING -> true;
            case DETACHED ->
                situation.observation().status(member.id()).isEmpty()
                        || Joining.errantCount(situation, member)
                                .filter(count -> count == 0)
                                .isPresent();
            case ERRANT, IN_SYNC, LEAVING, RETIRING -> false;
        };
    }

    /** Whether {@code member} has no clients, or they have had time to leave it since discovery showed it last. */
    private static boolean drained(Situation situation, Member member) {
        if (situation.observation().mysql(member.id()).isEmpty()) {
            return true;
        }
        Instant since = situation.observation().now().minus(DRAIN);
        boolean justWithdrawn = situation.record().events().stream()
                .filter(event -> event.kind() == Event.Kind.MEMBER_WITHDRAWN)
                .filter(event -> event.instance().equals(Optional.of(member.id())))
                .anyMatch(event -> event.at().isAfter(since));
        return member.announced() == Member.Announced.NONE && !justWithdrawn;
    }

    private static Optional<Change> handOver(Situation situation) {
        ClusterRecord record = situation.record();
        boolean settled = record.ackTarget() == record.ackCount() && record.ackCount() == record.settledAckCount();
        return record.primaryMember()
                .filter(_ -> settled && !recentlyUndone(situation))
                .filter(_ -> Electing.objection(situation).isEmpty())
                .filter(primary -> enoughWithout(situation, primary))
                .flatMap(primary -> situation
                        .notice(primary)
                        .flatMap(notice -> HandingOver.best(
                                        situation,
                                        member -> situation.notice(member).isEmpty())
                                .map(target -> handOver(situation, target, primary.id(), notice))));
    }

    private static Change handOver(Situation situation, InstanceId target, InstanceId primary, String notice) {
        ClusterRecord record = situation.record();
        Instant now = situation.observation().now();
        String why = primary + " hands over to " + target + ": it is to be replaced (" + notice + ").";
        String id = "move-" + record.uid() + "-" + record.version();
        Operation operation =
                Requests.operation(Operation.Kind.SWITCHOVER, new Requests.Asked(id, now, Optional.empty()), why);
        return Change.of(
                Event.Kind.HANDOVER_BEGUN,
                target,
                why,
                change -> change.succession(new Handover(target, Handover.Step.PREPARING, id))
                        .addOperation(operation));
    }

    private static boolean recentlyUndone(Situation situation) {
        Instant since = situation.observation().now().minus(PAUSE);
        return situation.record().events().stream()
                .anyMatch(event ->
                        event.kind() == Event.Kind.HANDOVER_UNDONE && event.at().isAfter(since));
    }
}
