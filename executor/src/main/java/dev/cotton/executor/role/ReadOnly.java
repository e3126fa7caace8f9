package dev.cotton.executor.role;

import dev.cotton.executor.sql.Row;
import dev.cotton.executor.sql.Session;
import dev.cotton.executor.sql.SqlFailure;

/** This server's read-only flags. For one thread. */
final class ReadOnly {
    private final Session session;

    ReadOnly(Session session) {
        this.session = session;
    }

    /** Whether clients can write. */
    boolean off() {
        return !flags().flag("read_only");
    }

    /** Whether nobody but replication can write. */
    boolean complete() {
        return flags().flag("super_read_only");
    }

    private Row flags() {
        return session.first("SELECT @@GLOBAL.read_only AS read_only, @@GLOBAL.super_read_only AS super_read_only")
                .orElseThrow();
    }

    /**
     * Lets nobody write but replication.
     *
     * @throws Obstacle when that hangs behind a commit that waits, or behind a client's lock
     */
    void everybody() {
        try {
            session.execute("SET GLOBAL super_read_only = ON");
        } catch (SqlFailure failure) {
            if (failure.code() == SqlFailure.LOCK_WAIT_TIMEOUT) {
                throw new Obstacle(
                        "The server does not become read-only: a commit waits, or a client holds a lock.", failure);
            }
            throw failure;
        }
    }

    /** Lets the executor write where nobody could; clients still cannot. */
    void butForTheExecutor() {
        if (complete()) {
            session.execute("SET GLOBAL super_read_only = OFF");
        }
    }

    /** Lets clients write. */
    void nobody() {
        session.execute("SET GLOBAL read_only = OFF");
    }
}
