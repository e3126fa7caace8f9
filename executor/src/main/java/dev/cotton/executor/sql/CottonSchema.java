package dev.cotton.executor.sql;

import dev.cotton.core.model.GtidSet;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Cotton's own schema, replicated to every member and out of the cluster user's reach: one table of heartbeats, each row
 * saying when its last commit was made, and which transactions its primary had no longer in its binary logs; and one with a row
 * while there is an archive of the binary logs.
 */
public final class CottonSchema {
    public static final String NAME = "cotton";

    private static final int NO_SUCH_SCHEMA = 1049;
    private static final int NO_SUCH_TABLE = 1146;

    private CottonSchema() {}

    /** Whether all of the schema is there. */
    public static boolean exists(Session session) {
        return session.first(
                        "SELECT 1 FROM information_schema.tables WHERE table_schema = ? AND table_name = ?",
                        NAME,
                        "heartbeat")
                .isPresent();
    }

    /**
     * How long ago the newest heartbeat commit that this server has was made, by the clocks of both hosts; empty before
     * the first one.
     */
    public static Optional<Duration> age(Session session) {
        try {
            return session.first("SELECT TIMESTAMPDIFF(MICROSECOND, MAX(made), UTC_TIMESTAMP(6)) AS age FROM " + NAME
                            + ".heartbeat")
                    .filter(row -> !row.text("age").isEmpty())
                    .map(row -> Duration.of(Math.max(0, row.number("age")), ChronoUnit.MICROS));
        } catch (SqlFailure failure) {
            if (failure.code() == NO_SUCH_TABLE || failure.code() == NO_SUCH_SCHEMA) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** What the newest heartbeat here says that its primary has purged; empty before the first one. */
    public static Optional<GtidSet> purged(Session session) {
        return session.first("SELECT purged FROM " + NAME + ".heartbeat ORDER BY made DESC LIMIT 1")
                .map(row -> GtidSet.parse(row.text("purged")));
    }

    /** Whether there is an archive of the binary logs: what it lacks is not to be purged. Known to every member. */
    public static boolean archived(Session session) {
        try {
            return session.first("SELECT 1 FROM " + NAME + ".archive").isPresent();
        } catch (SqlFailure failure) {
            if (failure.code() == NO_SUCH_TABLE || failure.code() == NO_SUCH_SCHEMA) {
                return false;
            }
            throw failure;
        }
    }

    /**
     * Notes that there is an archive from now on.
     *
     * @param session of {@link Sessions.Scope#CLUSTER}
     */
    public static void beginArchive(Session session) {
        if (!archived(session)) {
            session.execute(
                    "CREATE TABLE IF NOT EXISTS " + NAME + ".archive (one TINYINT UNSIGNED NOT NULL PRIMARY KEY)");
            session.execute("REPLACE INTO " + NAME + ".archive VALUES (1)");
        }
    }

    /** Notes that there is none any more: for all members, when the session is of {@link Sessions.Scope#CLUSTER}. */
    public static void endArchive(Session session) {
        if (archived(session)) {
            session.execute("DELETE FROM " + NAME + ".archive");
        }
    }

    /**
     * Makes the schema where it is missing.
     *
     * @param session of {@link Sessions.Scope#CLUSTER}
     */
    public static void ensure(Session session) {
        session.execute("CREATE DATABASE IF NOT EXISTS " + NAME);
        session.execute("CREATE TABLE IF NOT EXISTS " + NAME + ".heartbeat"
                + " (pulse TINYINT UNSIGNED NOT NULL PRIMARY KEY, made DATETIME(6) NOT NULL,"
                + " purged MEDIUMTEXT CHARACTER SET ascii NOT NULL)");
    }

    /**
     * Makes a heartbeat commit. Pulses with different numbers do not wait for each other's row.
     *
     * @param session of {@link Sessions.Scope#CLUSTER}
     */
    public static void beat(Session session, int pulse) {
        session.execute(
                "INSERT INTO " + NAME + ".heartbeat VALUES (?, UTC_TIMESTAMP(6), @@GLOBAL.gtid_purged)"
                        + " ON DUPLICATE KEY UPDATE made = UTC_TIMESTAMP(6), purged = @@GLOBAL.gtid_purged",
                pulse);
    }
}
