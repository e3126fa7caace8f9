package dev.cotton.executor.role;

import dev.cotton.executor.sql.Row;
import dev.cotton.executor.sql.Session;
import dev.cotton.executor.sql.SqlFailure;
import java.time.Duration;

/** This server's read-only flags. For one thread. */
final class ReadOnly {
    /** Clients are to get on with their work before their locks are waited for again. */
    private static final Duration LONG_PAUSE = Duration.ofSeconds(3);

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
     * Lets nobody write but replication. While this waits clients cannot write; when it fails they can again.
     *
     * @param limit in whole seconds, and at least one, because MySQL counts so
     * @throws Obstacle when that hangs behind a commit that waits, or behind a client's lock
     */
    void everybody(Duration limit) {
        session.execute("SET SESSION lock_wait_timeout = " + Math.max(1, limit.toSeconds()));
        try {
            session.execute("SET GLOBAL super_read_only = ON");
        } catch (SqlFailure failure) {
            if (failure.code() == SqlFailure.LOCK_WAIT_TIMEOUT) {
                throw new Obstacle(
                        "The server does not become read-only: a commit waits, or a client holds a lock.",
                        failure,
                        LONG_PAUSE);
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
