package dev.cotton.executor.role;

import dev.cotton.executor.sql.Row;
import dev.cotton.executor.sql.Session;

/** Whether, and for how many, this server waits before it acknowledges a commit. For one thread. */
final class SemiSyncSource {
    private final Session session;

    SemiSyncSource(Session session) {
        this.session = session;
    }

    /** Waits for {@code ackCount} replicas from now on; 0 switches waiting off. */
    void count(int ackCount) {
        if (ackCount == 0) {
            off();
            return;
        }
        Row now = settings();
        if (now.number("ack_count") != ackCount) {
            session.execute("SET GLOBAL rpl_semi_sync_source_wait_for_replica_count = " + ackCount);
        }
        if (!now.flag("enabled")) {
            session.execute("SET GLOBAL rpl_semi_sync_source_enabled = ON");
        }
    }

    private Row settings() {
        return session.first("SELECT @@GLOBAL.rpl_semi_sync_source_enabled AS enabled,"
                        + " @@GLOBAL.rpl_semi_sync_source_wait_for_replica_count AS ack_count")
                .orElseThrow();
    }

    /** Whether this server waits. */
    boolean on() {
        return settings().flag("enabled");
    }

    /** Whether this server waits for exactly {@code ackCount} replicas. */
    boolean counts(int ackCount) {
        Row now = settings();
        return ackCount == 0 ? !now.flag("enabled") : now.flag("enabled") && now.number("ack_count") == ackCount;
    }

    /** Every commit that waits is acknowledged by this. */
    void off() {
        session.execute("SET GLOBAL rpl_semi_sync_source_enabled = OFF");
    }

    /** Sessions that wait. */
    long waiting() {
        return session.first("SELECT variable_value AS waiting FROM performance_schema.global_status"
                        + " WHERE variable_name = 'Rpl_semi_sync_source_wait_sessions'")
                .map(row -> row.number("waiting"))
                .orElse(0L);
    }
}
