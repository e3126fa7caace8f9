package dev.cotton.executor.role;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Status.RoleReport;
import dev.cotton.executor.server.BinaryLogs;
import dev.cotton.executor.server.BinaryLogs.Log;
import dev.cotton.executor.sql.CottonSchema;
import dev.cotton.executor.sql.Session;
import dev.cotton.executor.sql.Sessions.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the binary logs within their part of the disk, but never takes away what another member may still ask for:
 *
 * <ul>
 *   <li>A primary purges only while every replica that it admits is connected, so that what is older than the oldest log
 *       being sent has arrived everywhere, and only while commits succeed.
 *   <li>A replica may be the next primary, and must then have what the others miss: it purges no more than its primary
 *       already has, as the heartbeats tell.
 *   <li>While there is an archive, a primary purges only what is in it. Where that is not known, it purges nothing.
 * </ul>
 *
 * <p>What is older than {@code binlog_expire_logs_seconds} goes, and what is too much for the disk.
 *
 * <p>For one thread.
 */
final class BinlogPurge {
    private static final Logger LOG = LoggerFactory.getLogger(BinlogPurge.class);
    private static final Duration FRESH = Duration.ofSeconds(3);
    private static final Duration SHORTEST_EXPIRY = Duration.ofHours(1);
    private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(9);

    private final BinaryLogs logs;
    private final DataSize budget;
    private final StatusBoard board;
    private final Supplier<Optional<Server>> server;
    private final Supplier<GtidSet> archived;

    /**
     * @param budget for all binary logs of this instance together
     * @param archived what is known to be in the archive or to need none
     */
    BinlogPurge(
            BinaryLogs logs,
            DataSize budget,
            StatusBoard board,
            Supplier<Optional<Server>> server,
            Supplier<GtidSet> archived) {
        this.logs = logs;
        this.budget = budget;
        this.board = board;
        this.server = server;
        this.archived = archived;
    }

    /** Purges what is too much and nobody needs. */
    void run() {
        Optional<Server> running = server.get();
        Optional<Role> role = board.picture()
                .role()
                .filter(RoleReport::established)
                .map(RoleReport::role)
                .filter(this::mayPurge);
        if (running.isEmpty() || role.isEmpty()) {
            return;
        }
        List<Log> all = logs.all();
        Set<String> open = logs.openIn(running.get().processId());
        int surplus = BinaryLogs.surplus(all, open, budget).size();
        if (surplus > 0 || !logs.olderThan(SHORTEST_EXPIRY, all, open).isEmpty()) {
            try (Session session = running.get().sessions().open(Scope.THIS_SERVER, STATEMENT_LIMIT)) {
                int expired = logs.olderThan(expiry(session), all, open).size();
                purge(session, all, covered(session, role.get(), all, Math.max(surplus, expired)));
            }
        }
    }

    private static Duration expiry(Session session) {
        return Duration.ofSeconds(session.first("SELECT @@GLOBAL.binlog_expire_logs_seconds AS seconds")
                .orElseThrow()
                .number("seconds"));
    }

    /** How many of the oldest {@code most} logs nobody needs. */
    private int covered(Session session, Role role, List<Log> all, int most) {
        if (role instanceof Role.Replica) {
            return CottonSchema.purged(session)
                    .map(purged -> within(session, purged, all, most))
                    .orElse(0);
        }
        return CottonSchema.archived(session) ? within(session, archived.get(), all, most) : most;
    }

    private boolean mayPurge(Role role) {
        Optional<MysqlReport> mysql = board.picture().mysql();
        return switch (role) {
            case Role.Primary primary ->
                mysql.filter(report -> report.semiSync().waiting() == 0)
                        .filter(report -> report.attachedSlots().containsAll(primary.admitted()))
                        .flatMap(MysqlReport::heartbeatAge)
                        .filter(age -> age.compareTo(FRESH) < 0)
                        .isPresent();
            case Role.Replica _ ->
                mysql.flatMap(MysqlReport::replication)
                        .filter(MysqlReport.Replication::receiving)
                        .isPresent();
            case Role.Fenced _, Role.Candidate _, Role.Emptied _, Role.Stopped _ -> false;
        };
    }

    /** How many of the oldest {@code most} logs have only transactions of {@code set}. */
    private static int within(Session session, GtidSet set, List<Log> all, int most) {
        int count = 0;
        while (count < most && set.contains(before(session, all.get(count + 1)))) {
            count++;
        }
        return count;
    }

    /** All that was executed before the first transaction of a log, as its second event says. */
    private static GtidSet before(Session session, Log log) {
        return session.query("SHOW BINLOG EVENTS IN '" + log.name() + "' LIMIT 2").stream()
                .filter(row -> row.text("Event_type").equals("Previous_gtids"))
                .map(row -> GtidSet.parse(row.text("Info")))
                .findFirst()
                .orElseThrow(() -> new Obstacle("The binary log " + log.name() + " does not say what came before it."));
    }

    private static void purge(Session session, List<Log> all, int count) {
        if (count > 0) {
            String oldest = all.get(count).name();
            session.execute("PURGE BINARY LOGS TO '" + oldest + "'");
            LOG.info("Purged {} binary logs that nobody needs; the oldest one now is {}.", count, oldest);
        }
    }
}
