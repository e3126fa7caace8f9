package dev.cotton.executor.role;

import dev.cotton.executor.sql.Session;
import java.time.Duration;

/** Starts and stops the receiver and the applier of this server, and waits to see it. For one thread. */
final class ReplicationThreads {
    /** A receiver that is just trying to connect takes 4 s to stop. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(8);

    private static final Duration START_LIMIT = Duration.ofSeconds(3);

    private final Session session;

    ReplicationThreads(Session session) {
        this.session = session;
    }

    /** @throws Obstacle when the receiver goes on */
    void stopReceiver() throws InterruptedException {
        session.execute("STOP REPLICA IO_THREAD");
        if (!Patience.until(
                STOP_LIMIT,
                () -> ReplicationState.read(session)
                        .map(ReplicationState::receiverOff)
                        .orElse(true))) {
            throw new Obstacle("The receiver does not stop.");
        }
    }

    void startReceiver() {
        session.execute("START REPLICA IO_THREAD");
    }

    /** @throws Obstacle when the applier does not run, with its error */
    void startApplier() throws InterruptedException {
        if (applierRunning()) {
            return;
        }
        session.execute("START REPLICA SQL_THREAD");
        if (!Patience.until(START_LIMIT, this::applierRunning)) {
            throw new Obstacle("The applier does not start: "
                    + ReplicationState.read(session)
                            .map(ReplicationState::applierError)
                            .orElse("no source is set")
                    + ".");
        }
    }

    /** @throws Obstacle when the applier goes on */
    void stopApplier() throws InterruptedException {
        session.execute("STOP REPLICA SQL_THREAD");
        if (!Patience.until(STOP_LIMIT, () -> !applierRunning())) {
            throw new Obstacle("The applier does not stop.");
        }
    }

    private boolean applierRunning() {
        return ReplicationState.read(session)
                .map(ReplicationState::applierRunning)
                .orElse(false);
    }

    /** Whether this server is set to acknowledge what it receives. */
    boolean acknowledges() {
        return session.first("SELECT @@GLOBAL.rpl_semi_sync_replica_enabled AS acks")
                .orElseThrow()
                .flag("acks");
    }

    /** Sets the flag; to be called while the receiver is stopped, because a running one does not notice. */
    void acknowledge(boolean acks) {
        session.execute("SET GLOBAL rpl_semi_sync_replica_enabled = " + (acks ? "ON" : "OFF"));
    }
}
