package dev.cotton.executor.sql;

import java.time.Duration;

/** Opens sessions to the executor's own mysqld. Thread-safe. */
public interface Sessions {
    /** Whether what a session writes gets GTIDs and goes to the replicas. */
    enum Scope {
        /** {@code sql_log_bin=0}: for what belongs to this server alone. */
        THIS_SERVER,
        /** Written to the binary log. */
        CLUSTER
    }

    /**
     * @param limit for every statement of the session; nothing waits for a lock longer than that either
     * @throws SqlFailure when mysqld cannot be reached or refuses
     */
    Session open(Scope scope, Duration limit);
}
