package dev.cotton.executor.role;

import dev.cotton.core.wire.Role;
import dev.cotton.executor.sql.OwnAccounts;
import dev.cotton.executor.sql.Session;
import java.nio.file.Path;
import java.util.Optional;

/** Makes this server, which is no primary any more, follow a source with the replication account of its own slot. */
final class ReplicaSteps {
    private final Session session;
    private final OwnAccounts accounts;
    private final String account;
    private final Path authority;

    /** @param authority the cluster authority's certificate, with which sources are verified */
    ReplicaSteps(Session session, OwnAccounts accounts, int slot, Path authority) {
        this.session = session;
        this.accounts = accounts;
        this.account = OwnAccounts.replication(slot);
        this.authority = authority;
    }

    /** Idempotent. @throws Obstacle when it cannot be done now */
    void take(Role.Replica role) throws InterruptedException {
        new Admission(session).only(role.admitted());
        ReplicationThreads threads = new ReplicationThreads(session);
        Optional<ReplicationState> before = ReplicationState.read(session);
        if (before.isEmpty()) {
            threads.acknowledge(role.acks());
            // Nothing was ever received here, so there is no relay log that auto-positioning could throw away.
            pointTo(role, ", SOURCE_AUTO_POSITION = 1");
            threads.startApplier();
            threads.startReceiver();
            return;
        }
        // safety: with both threads stopped, CHANGE REPLICATION SOURCE deletes relay logs with acknowledged commits.
        threads.startApplier();
        ReplicationState state = before.get();
        boolean follows = follows(state, role);
        if (follows && threads.acknowledges() == role.acks() && !state.receiverOff()) {
            return;
        }
        threads.stopReceiver();
        threads.acknowledge(role.acks());
        if (!follows) {
            pointTo(role, "");
        }
        threads.startReceiver();
    }

    private boolean follows(ReplicationState state, Role.Replica role) {
        return state.source().equals(role.endpoint())
                && state.account().equals(account)
                && state.authority().equals(authority.toString());
    }

    private void pointTo(Role.Replica role, String more) {
        session.execute(
                "CHANGE REPLICATION SOURCE TO SOURCE_HOST = ?, SOURCE_PORT = ?, SOURCE_USER = ?, SOURCE_PASSWORD = ?,"
                        + " SOURCE_SSL = 1, SOURCE_SSL_CA = ?, SOURCE_SSL_VERIFY_SERVER_CERT = 1,"
                        + " SOURCE_CONNECT_RETRY = 1, SOURCE_RETRY_COUNT = 0, SOURCE_HEARTBEAT_PERIOD = 1" + more,
                role.endpoint().host(),
                role.endpoint().port(),
                account,
                accounts.password(account),
                authority.toString());
    }
}
