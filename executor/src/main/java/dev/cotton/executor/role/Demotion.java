package dev.cotton.executor.role;

import dev.cotton.executor.sql.Session;
import dev.cotton.executor.sql.SqlFailure;
import java.time.Duration;

/**
 * Takes from this server what only a primary has. A primary whose commits wait for an acknowledgement must not be
 * talked out of its role: switching semi-sync off would tell its clients that these commits succeeded.
 */
final class Demotion {
    private static final Duration READ_ONLY_LIMIT = Duration.ofSeconds(1);

    private final Session session;

    Demotion(Session session) {
        this.session = session;
    }

    /**
     * Idempotent, and cheap on what was no primary.
     *
     * @throws Undemotable when commits wait, or a primary does not become read-only
     * @throws Obstacle when a replica does not become read-only
     */
    void take() {
        ReadOnly readOnly = new ReadOnly(session);
        SemiSyncSource source = new SemiSyncSource(session);
        boolean waits = source.on();
        boolean primary = waits || readOnly.off();
        if (primary) {
            refuseWhileCommitsWait(source);
        }
        if (!readOnly.complete()) {
            forbidWrites(readOnly, primary);
        }
        if (waits) {
            refuseWhileCommitsWait(source);
            // safety: read-only and with nothing waiting, there is nobody left to be told a falsehood.
            source.off();
        }
        if (primary) {
            new Connections(session).endClients();
        }
    }

    private static void forbidWrites(ReadOnly readOnly, boolean primary) {
        try {
            readOnly.everybody(READ_ONLY_LIMIT);
        } catch (Obstacle | SqlFailure failure) {
            throw primary ? new Undemotable(failure) : failure;
        }
    }

    private static void refuseWhileCommitsWait(SemiSyncSource source) {
        if (source.waiting() > 0) {
            throw new Undemotable(new Obstacle("Commits wait for an acknowledgement."));
        }
    }

    /** Only SIGKILL ends this primary without telling a client something false. */
    static final class Undemotable extends RuntimeException {
        Undemotable(Throwable cause) {
            super("This server was a primary and cannot be made read-only: " + cause.getMessage(), cause);
        }
    }
}
