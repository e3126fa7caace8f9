package dev.cotton.executor.role;

import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.Incarnation;
import dev.cotton.core.model.Stamp;
import dev.cotton.core.wire.Assignment;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.executor.quarantine.Quarantine;
import dev.cotton.executor.quarantine.QuarantineException;
import dev.cotton.executor.server.DataFolder;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives up data that went another way than the cluster:
 *
 * <ol>
 *   <li>mysqld is stopped, so that its binary logs are complete, and nothing is received or acknowledged.
 *   <li>The transactions that nobody else has, if there are any, are saved from these logs.
 *   <li>Only then the data are given up, and the setup that they were for is forgotten.
 * </ol>
 *
 * <p>Killed at any point and begun anew it goes on. For the reconciler's thread.
 */
final class Emptying {
    private static final Logger LOG = LoggerFactory.getLogger(Emptying.class);

    private final OrderBook book;
    private final Supervisor supervisor;
    private final Preparation preparation;
    private final StatusBoard board;
    private final DataFolder folder;
    private final Quarantine quarantine;

    Emptying(Parts parts) {
        this.book = parts.book();
        this.supervisor = parts.supervisor();
        this.preparation = parts.preparation();
        this.board = parts.board();
        this.folder = parts.folder();
        this.quarantine = parts.quarantine();
    }

    /** What it works with. */
    record Parts(
            OrderBook book,
            Supervisor supervisor,
            Preparation preparation,
            StatusBoard board,
            DataFolder folder,
            Quarantine quarantine) {}

    /**
     * Nothing happens to other data than {@code data}.
     *
     * @param orders whose assignment this is
     * @throws Obstacle when it cannot be done now; the data are kept
     */
    void take(Orders orders, Incarnation data, GtidSet errant) throws InterruptedException {
        if (preparation.present().equals(Optional.of(data))) {
            String saving = errant.isEmpty()
                    ? ""
                    : "Saving " + errant.count() + " transactions that nobody else has, before the data are given up.";
            board.update(picture -> picture.withLifecycle(Lifecycle.PREPARING, saving));
            supervisor.stop(orders.setup());
            save(orders, data, errant);
            // safety: from here on there are no data; all that was to be kept of them is on disk.
            folder.giveUp();
            LOG.warn("The data {} are given up.", data.value());
        }
        if (!folder.hasData()) {
            folder.clear();
            book.forgetSetup(orders.assignment().map(Assignment::stamp).orElse(Stamp.NONE));
            preparation.show();
        }
    }

    private void save(Orders orders, Incarnation data, GtidSet errant) throws InterruptedException {
        try {
            quarantine.save(data, errant, () -> book.orders().equals(orders));
        } catch (QuarantineException failure) {
            throw new Obstacle(failure.getMessage(), failure);
        }
    }
}
