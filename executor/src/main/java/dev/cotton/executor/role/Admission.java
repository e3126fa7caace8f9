package dev.cotton.executor.role;

import dev.cotton.executor.sql.Session;
import java.time.Duration;
import java.util.Set;

/**
 * Lets others replicate from a server that is no primary. Accounts can only be changed while the executor can write;
 * for everybody else the server stays read-only.
 */
final class Admission {
    private static final Duration READ_ONLY_LIMIT = Duration.ofSeconds(2);

    private final Session session;

    Admission(Session session) {
        this.session = session;
    }

    /**
     * Unlocks the replication accounts of these slots and locks every other one. Reads only when that is so already.
     *
     * @throws Obstacle when a connection does not go, or the server does not become fully read-only again
     */
    void only(Set<Integer> admitted) throws InterruptedException {
        ReplicationAccounts accounts = new ReplicationAccounts(session);
        if (accounts.are(admitted)) {
            return;
        }
        ReadOnly readOnly = new ReadOnly(session);
        readOnly.butForTheExecutor();
        accounts.shutOut(admitted);
        accounts.admit(admitted);
        readOnly.everybody(READ_ONLY_LIMIT);
    }
}
