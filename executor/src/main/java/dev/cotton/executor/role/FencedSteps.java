package dev.cotton.executor.role;

import dev.cotton.executor.sql.Session;

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
        boolean attached = ReplicationState.read(session).isPresent();
        if (attached) {
            threads.stopReceiver();
        }
        // fence: only once the receiver is seen stopped; a running one goes on acknowledging, whatever the flag says.
        threads.acknowledge(false);
        if (attached) {
            threads.startApplier();
        }
    }
}
