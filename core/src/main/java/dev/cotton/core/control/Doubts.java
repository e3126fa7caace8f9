package dev.cotton.core.control;

import dev.cotton.core.model.Event;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Member.Stage;
import dev.cotton.core.wire.Status;
import java.util.Optional;

/**
 * The boot-id rule: a relay log survives the crash of its mysqld, but its last seconds may not survive the crash of its
 * host. A member that reports another boot does not count until it has received what the primary had reached, read
 * after that boot; {@link Effects} then clears the doubt at its executor, naming the boot. Who has no data received
 * nothing that could be in doubt.
 */
final class Doubts implements Rule {
    @Override
    public Optional<Change> next(Situation situation) {
        return situation.record().members().stream()
                .filter(member -> member.stage() != Stage.LAUNCHING && member.stage() != Stage.RETIRING)
                .flatMap(member -> situation.observation().status(member.id()).stream()
                        .flatMap(status -> change(member, status).stream()))
                .findFirst();
    }

    private static Optional<Change> change(Member member, Status status) {
        boolean noted = member.doubtedBoot().filter(status.bootId()::equals).isPresent();
        if (!status.sure() && status.incarnation().isPresent() && !noted) {
            return Optional.of(Change.of(
                    Event.Kind.MEMBER_DOUBTED,
                    member.id(),
                    "The host of " + member.id() + " has booted: what it received last does not count until it has"
                            + " caught up.",
                    change -> change.member(
                            member.id(), doubted -> doubted.withDoubtedBoot(Optional.of(status.bootId())))));
        }
        if (status.sure() && member.doubtedBoot().isPresent()) {
            return Optional.of(Change.of(
                    Event.Kind.MEMBER_TRUSTED,
                    member.id(),
                    member.id() + " has caught up since its host booted, and counts again.",
                    change -> change.member(member.id(), trusted -> trusted.withDoubtedBoot(Optional.empty()))));
        }
        return Optional.empty();
    }

    /**
     * Whether the doubt about {@code member} can be cleared now: a primary's own data are durable by themselves; a
     * replica must have received what the primary had reached, read under the stamp of a record that names the boot.
     */
    static boolean resolved(Situation situation, Member member) {
        if (situation.record().isPrimary(member)) {
            return true;
        }
        return situation
                .reached()
                .flatMap(target -> situation.received(member).map(received -> received.contains(target)))
                .orElse(false);
    }
}
