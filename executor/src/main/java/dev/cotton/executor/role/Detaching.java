package dev.cotton.executor.role;

import dev.cotton.core.model.GtidSet;
import dev.cotton.executor.sql.Session;
import java.time.Duration;

/**
 * Has this server, which follows a source or did, forget it: it receives no more, applies all that it has received, and
 * only then is its relay log given up.
 */
final class Detaching {
    private final Session session;

    Detaching(Session session) {
        this.session = session;
    }

    /**
     * Idempotent; nothing is done on a server without a source.
     *
     * @param limit for what is still to be applied
     * @throws Obstacle when that takes longer, or something does not stop
     */
    void take(Duration limit) throws InterruptedException {
        new FencedSteps(session).take();
        if (ReplicationState.read(session).isEmpty()) {
            return;
        }
        if (!Patience.until(limit, () -> backlog().isEmpty())) {
            throw new Obstacle(backlog().count() + " received transactions are still to be applied.", Duration.ZERO);
        }
        new ReplicationThreads(session).stopApplier();
        // safety: RESET REPLICA ALL deletes the relay log, so nothing in it may be left.
        GtidSet left = backlog();
        if (!left.isEmpty()) {
            throw new Obstacle("The applier stopped before " + left.count() + " received transactions.");
        }
        session.execute("RESET REPLICA ALL");
    }

    private GtidSet backlog() {
        return ReplicationState.read(session).map(ReplicationState::backlog).orElse(GtidSet.EMPTY);
    }
}
