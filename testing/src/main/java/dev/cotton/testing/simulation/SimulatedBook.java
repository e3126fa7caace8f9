package dev.cotton.testing.simulation;

import dev.cotton.core.model.Stamp;
import dev.cotton.core.wire.Assignment;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Status.InForce;
import java.util.Optional;

/** What an executor was ordered, as it is on its disk. */
final class SimulatedBook {
    /** How long an order that is not on disk may be gone after a crash. */
    private static final long UNSYNCED = 3_000;

    private final Timeline timeline;
    private final World world;
    private Stamp highest = Stamp.NONE;
    private Optional<Assignment> assigned = Optional.empty();
    private Optional<Assignment> before = Optional.empty();
    private Stamp highestBefore = Stamp.NONE;
    private long changedAt;
    private Optional<InForce> inForce = Optional.empty();

    SimulatedBook(Timeline timeline, World world) {
        this.timeline = timeline;
        this.world = world;
    }

    Stamp highest() {
        return highest;
    }

    Optional<Assignment> assigned() {
        return assigned;
    }

    /** Whether an order of that stamp is obeyed; then it is the highest. */
    boolean accepts(Stamp stamp) {
        if (older(stamp)) {
            return false;
        }
        if (!stamp.equals(highest)) {
            remember();
        }
        highest = stamp;
        return true;
    }

    private boolean older(Stamp stamp) {
        if (world.flawed(Flaw.ORDERS_BY_EPOCH_ALONE)) {
            return stamp.epoch() < highest.epoch();
        }
        return stamp.compareTo(highest) < 0 && !world.flawed(Flaw.OBEYS_OLD_COMMANDS);
    }

    private void remember() {
        before = assigned;
        highestBefore = highest;
        changedAt = timeline.now();
    }

    void assign(Assignment assignment) {
        assigned = Optional.of(assignment);
    }

    /** By the setup that it has. */
    Optional<InForce> inForce() {
        return inForce;
    }

    void run(InForce with) {
        inForce = Optional.of(with);
    }

    /** Nothing was ever ordered. */
    void clear() {
        inForce = Optional.empty();
        highest = Stamp.NONE;
        assigned = Optional.empty();
        remember();
    }

    /** A new executor reads what is on its disk. */
    void read() {
        if (world.flawed(Flaw.ANSWERS_BEFORE_IT_WRITES) && timeline.now() - changedAt < UNSYNCED) {
            assigned = before;
            highest = highestBefore;
        }
        restart();
    }

    /** A new mysqld is what its executor remembers. */
    void restart() {
        if (world.flawed(Flaw.THAWS_WHEN_IT_RESTARTS)) {
            assigned = assigned.map(now -> now.role() instanceof Role.Primary primary
                    ? new Assignment(now.stamp(), new Role.Primary(primary.ackCount(), primary.admitted(), false))
                    : now);
        }
    }
}
