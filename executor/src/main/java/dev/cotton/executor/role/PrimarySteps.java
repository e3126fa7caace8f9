package dev.cotton.executor.role;

import dev.cotton.core.model.GtidSet;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Setup;
import dev.cotton.executor.sql.ClusterUser;
import dev.cotton.executor.sql.CottonSchema;
import dev.cotton.executor.sql.Session;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Makes this server the primary, or changes how it is one. The order is what keeps commits safe:
 *
 * <ol>
 *   <li>With an ack count of 0, waiting is switched off first: account statements may themselves wait for an ack.
 *   <li>Every replica that is not admitted is shut out and seen gone, so that none of them can acknowledge.
 *   <li>A former replica applies all that it has received, and only then forgets its source.
 *   <li>Cotton's schema and the cluster's user are made where they are missing, while no client can write.
 *   <li>The server waits for the ack count; then admitted replicas are let in; then clients may write.
 * </ol>
 *
 * <p>To be frozen, clients are forbidden to write last of all. They stay connected until this server follows another one:
 * before that there is nowhere for them to go, and their logins would keep the next primary from opening.
 */
final class PrimarySteps {
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(2);

    /** How long clients may be kept from writing by a freeze that waits for others of them. */
    private static final Duration FREEZE_LIMIT = Duration.ofSeconds(3);

    private final Session session;
    private final Supplier<Session> cluster;
    private final ReadOnly readOnly;
    private final ReplicationAccounts replicas;
    private final SemiSyncSource source;

    /**
     * @param session of this server's own scope
     * @param cluster opens a session whose writes are replicated
     */
    PrimarySteps(Session session, Supplier<Session> cluster) {
        this.session = session;
        this.cluster = cluster;
        this.readOnly = new ReadOnly(session);
        this.replicas = new ReplicationAccounts(session);
        this.source = new SemiSyncSource(session);
    }

    /**
     * Idempotent.
     *
     * @return what this server had reached when all was done
     * @throws Obstacle when it cannot be done now
     */
    GtidSet take(Role.Primary role, Setup.Accounts accounts) throws InterruptedException {
        if (!role.frozen() || !isFrozen(role)) {
            lead(role, accounts);
        }
        session.execute("SET GLOBAL offline_mode = OFF");
        return new Position(session).reached();
    }

    private boolean isFrozen(Role.Primary role) {
        return readOnly.complete()
                && source.counts(role.ackCount())
                && replicas.are(role.admitted())
                && ReplicationState.read(session).isEmpty();
    }

    /** Freezes what is this very primary already. @return as {@link #take}. @throws Obstacle as {@link #take} */
    GtidSet freeze() {
        readOnly.everybody(FREEZE_LIMIT);
        return new Position(session).reached();
    }

    private void lead(Role.Primary role, Setup.Accounts accounts) throws InterruptedException {
        readOnly.butForTheExecutor();
        if (role.ackCount() == 0) {
            source.off();
        }
        // fence: before anything else changes, nobody outside of the admitted ones can acknowledge a commit.
        replicas.shutOut(role.admitted());
        if (ReplicationState.read(session).isPresent()) {
            new Detaching(session).take(DRAIN_LIMIT);
        }
        if (!readOnly.off()) {
            makeUser(accounts);
        }
        source.count(role.ackCount());
        replicas.admit(role.admitted());
        if (role.frozen()) {
            readOnly.everybody(FREEZE_LIMIT);
        } else {
            readOnly.nobody();
        }
    }

    /** With semi-sync off and clients shut out: an account statement that waits for an ack would block all logins. */
    private void makeUser(Setup.Accounts accounts) {
        if (CottonSchema.exists(session)) {
            return;
        }
        source.off();
        try (Session written = cluster.get()) {
            ClusterUser.ensure(written, accounts.clusterUser(), accounts.clusterPassword());
            // Last, because what exists tells that the user was completed.
            CottonSchema.ensure(written);
        }
    }
}
