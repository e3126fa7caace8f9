package dev.cotton.core.control;

import dev.cotton.core.model.Event;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Member;
import dev.cotton.core.wire.Status;
import dev.cotton.core.wire.Status.Room;
import java.util.Optional;

/**
 * Tells people while there is still time that an instance runs out of disk: a full one takes no writes, and an agent that
 * enforces limits ends the task. It is told once, and again when it has eased; the cluster's last events say what was told.
 */
final class Filling implements Rule {
    /** From here on it is told. */
    private static final double FULL = 0.85;

    /** From here down it has eased: not at the same line, or it would be told each time that a log is cut. */
    private static final double EASED = 0.75;

    /** One of the places that fill, with the words for it. */
    private record Watched(Event.Kind filling, Event.Kind eased, String name, String remedy) {}

    private static final Watched DISK = new Watched(
            Event.Kind.DISK_FILLING,
            Event.Kind.DISK_EASED,
            "disk",
            "Delete what is not needed, or move to a cluster with more; a full disk takes no writes, and on Mesos an agent"
                    + " may end the task.");
    private static final Watched SANDBOX = new Watched(
            Event.Kind.SANDBOX_FILLING,
            Event.Kind.SANDBOX_EASED,
            "sandbox",
            "The agent may end the task when it is full; data are on the volume and are kept. See which files grow there.");

    @Override
    public Optional<Change> next(Situation situation) {
        return situation.record().members().stream()
                .flatMap(member -> situation.observation().status(member.id()).stream()
                        .flatMap(status -> change(situation, member, status.usage()).stream()))
                .findFirst();
    }

    private static Optional<Change> change(Situation situation, Member member, Status.Usage usage) {
        return told(situation, member.id(), DISK, usage.disk())
                .or(() -> usage.sandbox().flatMap(room -> told(situation, member.id(), SANDBOX, room)));
    }

    private static Optional<Change> told(Situation situation, InstanceId id, Watched watched, Room room) {
        boolean alarmed = alarmed(situation, id, watched);
        long percent = Math.round(room.fullness() * 100);
        if (!alarmed && room.fullness() >= FULL) {
            return Optional.of(Change.of(
                    watched.filling(),
                    id,
                    "The " + watched.name() + " of " + id + " is " + percent + " % full: "
                            + room.free().megabytes() + " MB are left. " + watched.remedy(),
                    change -> change));
        }
        if (alarmed && room.fullness() < EASED) {
            return Optional.of(Change.of(
                    watched.eased(),
                    id,
                    "The " + watched.name() + " of " + id + " is " + percent + " % full, which is well again.",
                    change -> change));
        }
        return Optional.empty();
    }

    private static boolean alarmed(Situation situation, InstanceId id, Watched watched) {
        return situation.record().events().reversed().stream()
                .filter(event -> event.kind() == watched.filling() || event.kind() == watched.eased())
                .filter(event -> event.instance().filter(id::equals).isPresent())
                .findFirst()
                .filter(event -> event.kind() == watched.filling())
                .isPresent();
    }
}
