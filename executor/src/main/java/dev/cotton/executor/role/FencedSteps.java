package dev.cotton.executor.role;

import dev.cotton.executor.sql.Session;
import java.util.Optional;

/**
 * Makes this server, which is no primary any more, fenced: it receives nothing and acknowledges nothing, and goes on
 * applying what it has.
 */
final class FencedSteps {
    private final Session session;

    FencedSteps(Session session) {
        this.session = session;
    }

    /** Idempotent. @throws Obstacle when it cannot be done now */
    void take() throws InterruptedException {
        ReplicationThreads threads = new ReplicationThreads(session);
        Optional<ReplicationState> state = ReplicationState.read(session);
        if (state.filter(now -> !now.receiverOff()).isPresent()) {
            threads.stopReceiver();
        }
        // fence: only once the receiver is seen stopped; a running one goes on acknowledging, whatever the flag says.
        threads.acknowledge(false);
        if (state.isPresent()) {
            threads.startApplier();
        }
    }
}
