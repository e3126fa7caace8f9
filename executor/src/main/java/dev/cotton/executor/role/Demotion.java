package dev.cotton.executor.role;

import dev.cotton.executor.sql.Session;
import dev.cotton.executor.sql.SqlFailure;

/**
 * Takes from this server what only a primary has. A primary whose commits wait for an acknowledgement must not be
 * talked out of its role: switching semi-sync off would tell its clients that these commits succeeded.
 */
final class Demotion {
    private final Session session;

    Demotion(Session session) {
        this.session = session;
    }

    /**
     * Idempotent.
     *
     * @throws Undemotable when commits wait, or the server does not become read-only
     */
    void take() {
        ReadOnly readOnly = new ReadOnly(session);
        if (!readOnly.complete()) {
            try {
                readOnly.everybody();
            } catch (Obstacle | SqlFailure failure) {
                throw new Undemotable(failure);
            }
        }
        SemiSyncSource source = new SemiSyncSource(session);
        if (source.waiting() > 0) {
            throw new Undemotable(new Obstacle("Commits wait for an acknowledgement."));
        }
        // safety: read-only and with nothing waiting, there is nobody left to be told a falsehood.
        source.off();
    }

    /** Only SIGKILL ends this primary without telling a client something false. */
    static final class Undemotable extends RuntimeException {
        Undemotable(Throwable cause) {
            super("This server was a primary and cannot be made read-only: " + cause.getMessage(), cause);
        }
    }
}
