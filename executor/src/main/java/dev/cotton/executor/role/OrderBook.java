package dev.cotton.executor.role;

import dev.cotton.core.model.Stamp;
import dev.cotton.core.wire.Answer;
import dev.cotton.core.wire.Assignment;
import dev.cotton.core.wire.Setup;
import dev.cotton.core.wire.Trust;
import dev.cotton.executor.server.StateFile;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * The scheduler's orders: each is on disk before it is answered, and one with a lower stamp than the highest ever seen
 * is refused. Thread-safe.
 */
final class OrderBook {
    private final StateFile<Orders> file;
    private final AtomicLong assignments = new AtomicLong();
    private volatile Orders orders;

    /** @param file where the orders are kept */
    OrderBook(StateFile<Orders> file) {
        this.file = file;
        this.orders = file.read().orElse(Orders.NONE);
    }

    /** Another setup. */
    synchronized Answer setup(Setup setup) {
        return accept(setup.stamp(), now -> now.withSetup(setup));
    }

    /** Another role, or the same one again. */
    synchronized Answer assign(Assignment assignment) {
        Answer answer = accept(assignment.stamp(), now -> now.withAssignment(assignment));
        if (answer.accepted()) {
            assignments.incrementAndGet();
        }
        return answer;
    }

    /** Keeps the stamp of an order that is not kept here. */
    synchronized Answer trust(Trust trust) {
        return accept(trust.stamp(), now -> now.withHighest(trust.stamp()));
    }

    private Answer accept(Stamp stamp, UnaryOperator<Orders> change) {
        if (stamp.compareTo(orders.highest()) < 0) {
            return new Answer(
                    false,
                    orders.highest(),
                    "This order bears the stamp " + stamp + ", but one with " + orders.highest()
                            + " came before it. Nothing was changed.");
        }
        keep(change.apply(orders));
        return new Answer(true, orders.highest(), "");
    }

    private void keep(Orders next) {
        if (!next.equals(orders)) {
            // safety: on disk before it is answered, so that no restart brings an older role back.
            file.write(next);
            orders = next;
        }
    }

    /** The cluster user's account has the password of {@code setup}. */
    synchronized void passwordGiven(Setup setup) {
        if (orders.setup().equals(Optional.of(setup))) {
            keep(orders.withPasswordGiven());
        }
    }

    /** The data that a setup before {@code stamp} was for are given up: only another setup counts. */
    synchronized void forgetSetup(Stamp stamp) {
        if (orders.setup().filter(setup -> setup.stamp().compareTo(stamp) < 0).isPresent()) {
            keep(orders.withoutSetup());
        }
    }

    /** The latest. Whoever reads them does not wait for those that are being written to the disk. */
    Orders orders() {
        return orders;
    }

    /** How many assignments were accepted since this executor started, repeated ones included. */
    long assignments() {
        return assignments.get();
    }
}
