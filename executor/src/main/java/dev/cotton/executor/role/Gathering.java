package dev.cotton.executor.role;

import dev.cotton.core.model.GtidSet;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.executor.sql.CottonSchema;
import dev.cotton.executor.sql.Row;
import dev.cotton.executor.sql.Session;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Asks a mysqld what it is doing, with statements that do not hang while commits wait for an acknowledgement. For one
 * thread.
 */
final class Gathering {
    private static final String ACK = "Waiting for semi-sync ACK from replica";
    private static final String BEHIND_ACK = "waiting for handler commit";

    private final Session session;

    Gathering(Session session) {
        this.session = session;
    }

    /**
     * @param heartbeatAge since a heartbeat commit succeeded here
     * @param source what is known of the source
     */
    MysqlReport report(Optional<Duration> heartbeatAge, SourceWatch.Ages source) {
        Optional<ReplicationState> replication = ReplicationState.read(session);
        Row variables = session.first("SELECT @@version AS version, @@server_uuid AS server_uuid,"
                        + " @@GLOBAL.read_only AS read_only, @@GLOBAL.super_read_only AS super_read_only,"
                        + " @@GLOBAL.gtid_executed AS executed,"
                        + " @@GLOBAL.rpl_semi_sync_source_enabled AS source,"
                        + " @@GLOBAL.rpl_semi_sync_source_wait_for_replica_count AS ack_count")
                .orElseThrow();
        GtidSet executed = GtidSet.parse(variables.text("executed"));
        List<Row> threads = threads();
        return new MysqlReport(
                variables.text("version"),
                variables.text("server_uuid"),
                variables.flag("read_only"),
                variables.flag("super_read_only"),
                executed,
                replication.map(state -> executed.union(state.received())).orElse(executed),
                Optional.empty(),
                heartbeatAge,
                replication.map(state -> replication(state, source, CottonSchema.age(session))),
                semiSync(variables, threads),
                ReplicationAccounts.attached(threads));
    }

    /** What the receiver has counted; empty where there never was one. */
    static Optional<SourceWatch.Counted> counted(Session session) {
        return session.first("SELECT service_state AS state, count_received_heartbeats AS heartbeats,"
                        + " received_transaction_set AS received, (SELECT sum_number_of_bytes_write"
                        + " FROM performance_schema.file_summary_by_event_name"
                        + " WHERE event_name = 'wait/io/file/sql/relaylog') AS relayed"
                        + " FROM performance_schema.replication_connection_status WHERE channel_name = ''")
                .map(row -> new SourceWatch.Counted(
                        row.text("state"), row.number("heartbeats"), row.text("received"), row.number("relayed")));
    }

    /** What was reported before, with what has been received and applied since. */
    static MysqlReport advanced(MysqlReport former, ReplicationState state) {
        return former.withSets(state.executed(), state.received())
                .withReplication(former.replication()
                        .map(seen -> replication(
                                state, new SourceWatch.Ages(seen.silence(), seen.sinceReceived()), seen.lag())));
    }

    private static MysqlReport.Replication replication(
            ReplicationState state, SourceWatch.Ages ages, Optional<Duration> lag) {
        return new MysqlReport.Replication(
                state.source().toString(),
                state.receiver(),
                state.applierRunning(),
                state.receiverError(),
                state.applierError(),
                ages.silence(),
                ages.sinceReceived(),
                lag);
    }

    private MysqlReport.SemiSync semiSync(Row variables, List<Row> threads) {
        Map<String, Row> status = session
                .query("SELECT variable_name AS name, variable_value AS value FROM performance_schema.global_status"
                        + " WHERE variable_name IN ('Rpl_semi_sync_source_clients', 'Rpl_semi_sync_replica_status')")
                .stream()
                .collect(Collectors.toMap(row -> row.text("name"), row -> row));
        return new MysqlReport.SemiSync(
                variables.flag("source"),
                (int) variables.number("ack_count"),
                Optional.ofNullable(status.get("Rpl_semi_sync_source_clients"))
                        .map(row -> (int) row.number("value"))
                        .orElse(0),
                Optional.ofNullable(status.get("Rpl_semi_sync_replica_status"))
                        .map(row -> row.flag("value"))
                        .orElse(false),
                waiting(threads));
    }

    private List<Row> threads() {
        return session.query(
                "SELECT processlist_user AS account, processlist_command AS command, processlist_state AS state"
                        + " FROM performance_schema.threads WHERE name = 'thread/sql/one_connection'"
                        + " AND (processlist_state IN (?, ?) OR processlist_command LIKE 'Binlog Dump%')",
                ACK, BEHIND_ACK);
    }

    /** One session waits for the ack; those that commit after it wait for that one. */
    private static int waiting(List<Row> threads) {
        boolean acked = threads.stream().noneMatch(row -> row.text("state").equals(ACK));
        return acked
                ? 0
                : (int) threads.stream()
                        .filter(row -> row.text("state").equals(ACK)
                                || row.text("state").equals(BEHIND_ACK))
                        .count();
    }
}
