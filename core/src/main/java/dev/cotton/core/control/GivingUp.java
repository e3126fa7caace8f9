package dev.cotton.core.control;

import dev.cotton.core.model.Durability;
import dev.cotton.core.model.Event;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Member.Stage;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Members whose data cannot be made equal to the primary's give them up and get a copy.
 *
 * <ul>
 *   <li>One has transactions that the primary has not. They are saved first.
 *   <li>One lacks transactions that it wrote itself as a primary, because its disk has lost them. Replication never
 *       brings them back: a receiver skips what has its own server id (MySQL Reference Manual,
 *       {@code replicate_same_server_id}).
 * </ul>
 */
final class GivingUp implements Rule {
    @Override
    public Optional<Change> next(Situation situation) {
        return Joining.settled(situation.record())
                ? emptied(situation).or(() -> errant(situation)).or(() -> incomplete(situation))
                : Optional.empty();
    }

    /** A member that has given up its data begins anew. */
    private static Optional<Change> emptied(Situation situation) {
        return at(situation, Stage.ERRANT)
                .filter(situation::stranger)
                .findFirst()
                .map(member -> Change.of(
                        Event.Kind.MEMBER_EMPTIED,
                        member.id(),
                        saved(situation, member) + member.id() + " gets a new copy of the data.",
                        change -> change.member(member.id(), empty -> empty.withStage(Stage.DETACHED))));
    }

    private static String saved(Situation situation, Member member) {
        return member.errant().isEmpty()
                ? ""
                : member.errant().count() + " transactions that nobody else had are saved in the quarantine (cotton"
                        + " quarantine list " + situation.record().name() + "); ";
    }

    /** A member that has what the primary has not: nobody was ever told that it was committed. */
    private static Optional<Change> errant(Situation situation) {
        return at(situation, Stage.DETACHED)
                .filter(member -> Joining.sameData(situation, member))
                .flatMap(member -> Joining.errantSet(situation, member)
                        .filter(extra -> !extra.isEmpty())
                        .map(extra -> errant(situation, member, extra))
                        .stream())
                .findFirst();
    }

    private static Change errant(Situation situation, Member member, GtidSet extra) {
        boolean lossless = situation.record().spec().durability() != Durability.ASYNC;
        return Change.of(
                Event.Kind.MEMBER_ERRANT,
                member.id(),
                member.id() + " has " + extra.count() + " transactions that the primary has not (" + extra + "); "
                        + (lossless ? "none of them was acknowledged." : "some may have been acknowledged.")
                        + " They are saved, then its data are given up.",
                change -> change.member(member.id(), found -> found.withErrant(extra)));
    }

    /** A member that has nothing of its own and lacks what it can never receive. */
    private static Optional<Change> incomplete(Situation situation) {
        return Stream.concat(at(situation, Stage.DETACHED), at(situation, Stage.FOLLOWING))
                .filter(member -> Joining.sameData(situation, member))
                .flatMap(
                        member -> lostOfItsOwn(situation, member)
                                .filter(lost -> !lost.isEmpty())
                                .map(lost -> incomplete(member, lost))
                                .stream())
                .findFirst();
    }

    private static Change incomplete(Member member, GtidSet lost) {
        return Change.of(
                Event.Kind.MEMBER_INCOMPLETE,
                member.id(),
                "The disk of " + member.id() + " has lost " + lost.count()
                        + " transactions that it once wrote as the primary (" + lost
                        + "), and a server does not receive its own again. The primary has them: nothing is lost. Its"
                        + " data are given up.",
                change -> change.member(member.id(), found -> found.withErrant(GtidSet.EMPTY)));
    }

    private static Optional<GtidSet> lostOfItsOwn(Situation situation, Member member) {
        return situation
                .observation()
                .mysql(member.id())
                .flatMap(mysql -> situation
                        .reached()
                        .map(reached -> reached.of(mysql.serverUuid()).minus(mysql.received())));
    }

    private static Stream<Member> at(Situation situation, Stage stage) {
        return situation.record().members().stream()
                .filter(member -> member.stage() == stage)
                .filter(situation::confirmed);
    }
}
