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
 * </ul>
 *
 * <p>For one thread.
 */
final class BinlogPurge {
    private static final Logger LOG = LoggerFactory.getLogger(BinlogPurge.class);
    private static final Duration FRESH = Duration.ofSeconds(3);
    private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(9);

    private final BinaryLogs logs;
    private final DataSize budget;
    private final StatusBoard board;
    private final Supplier<Optional<Server>> server;

    /** @param budget for all binary logs of this instance together */
    BinlogPurge(BinaryLogs logs, DataSize budget, StatusBoard board, Supplier<Optional<Server>> server) {
        this.logs = logs;
        this.budget = budget;
        this.board = board;
        this.server = server;
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
        List<Log> surplus = BinaryLogs.surplus(all, logs.openIn(running.get().processId()), budget);
        if (!surplus.isEmpty()) {
            try (Session session = running.get().sessions().open(Scope.THIS_SERVER, STATEMENT_LIMIT)) {
                int count = role.get() instanceof Role.Replica ? purgedBySource(session, all, surplus) : surplus.size();
                purge(session, all, count);
            }
        }
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

    /** How many of {@code surplus}, from the oldest on, hold only what the primary has purged. */
    private static int purgedBySource(Session session, List<Log> all, List<Log> surplus) {
        Optional<GtidSet> purged = CottonSchema.purged(session);
        int count = 0;
        while (purged.isPresent()
                && count < surplus.size()
                && purged.get().contains(before(session, all.get(count + 1)))) {
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
