package dev.cotton.executor.role;

import dev.cotton.core.model.Stamp;
import dev.cotton.core.wire.Answer;
import dev.cotton.core.wire.Assignment;
import dev.cotton.core.wire.Setup;
import dev.cotton.core.wire.Trust;
import dev.cotton.executor.server.StateFile;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The scheduler's orders: each is on disk before it is answered, and one with a lower stamp than the highest ever seen
 * is refused. Thread-safe.
 */
final class OrderBook {
    private final StateFile<Orders> file;
    private Orders orders;
    private long assignments;

    /** @param file where the orders are kept */
    OrderBook(StateFile<Orders> file) {
        this.file = file;
        this.orders = file.read().orElse(Orders.NONE);
    }

    /** Another setup. */
    synchronized Answer setup(Setup setup) {
        return accept(setup.stamp(), now -> new Orders(setup.stamp(), Optional.of(setup), now.assignment()));
    }

    /** Another role, or the same one again. */
    synchronized Answer assign(Assignment assignment) {
        Answer answer =
                accept(assignment.stamp(), now -> new Orders(assignment.stamp(), now.setup(), Optional.of(assignment)));
        assignments += answer.accepted() ? 1 : 0;
        return answer;
    }

    /** Keeps the stamp of an order that is not kept here. */
    synchronized Answer trust(Trust trust) {
        return accept(trust.stamp(), now -> new Orders(trust.stamp(), now.setup(), now.assignment()));
    }

    private Answer accept(Stamp stamp, UnaryOperator<Orders> change) {
        if (stamp.compareTo(orders.highest()) < 0) {
            return new Answer(
                    false,
                    orders.highest(),
                    "This order bears the stamp " + stamp + ", but one with " + orders.highest()
                            + " came before it. Nothing was changed.");
        }
        Orders next = change.apply(orders);
        if (!next.equals(orders)) {
            // safety: on disk before it is answered, so that no restart brings an older role back.
            file.write(next);
            orders = next;
        }
        return new Answer(true, next.highest(), "");
    }

    synchronized Orders orders() {
        return orders;
    }

    /** How many assignments were accepted since this executor started, repeated ones included. */
    synchronized long assignments() {
        return assignments;
    }
}
