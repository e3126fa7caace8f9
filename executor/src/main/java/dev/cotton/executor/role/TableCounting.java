package dev.cotton.executor.role;

import dev.cotton.core.wire.TableCount;
import dev.cotton.executor.sql.CottonSchema;
import dev.cotton.executor.sql.Row;
import dev.cotton.executor.sql.Session;
import dev.cotton.executor.sql.SqlFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the rows of users' tables and checksums them, in one snapshot. No statement takes longer than a limit, and all of
 * them together not longer than another one: what is left then stays uncounted. For one thread.
 */
final class TableCounting {
    /** Of one statement. */
    static final Duration STATEMENT_LIMIT = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(TableCounting.class);
    private static final Duration LIMIT = Duration.ofHours(2);

    /** Of larger tables only a part is looked at. */
    private static final long LARGE = 10L << 30;

    /** One of so many rows: more than a twentieth. */
    private static final int PART = 16;

    private final Session session;
    private final Cancellation cancellation;
    private List<Table> tables = List.of();

    /** @param bytes about */
    private record Table(String schema, String name, long bytes) {
        String quoted() {
            return TableCounting.quoted(schema, name);
        }
    }

    TableCounting(Session session, Cancellation cancellation) {
        this.session = session;
        this.cancellation = cancellation;
    }

    /** From now on rows are seen as they are now, and tables that are made later are not looked at. */
    void takeSnapshot() {
        session.execute("SET SESSION max_execution_time = " + STATEMENT_LIMIT.toMillis());
        session.execute("SET SESSION information_schema_stats_expiry = 0");
        session.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
        session.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
        tables = session
                .query("SELECT table_schema AS of_schema, table_name AS name, data_length AS bytes"
                        + " FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema NOT IN"
                        + " ('mysql', 'sys', 'information_schema', 'performance_schema', '" + CottonSchema.NAME + "')"
                        + " ORDER BY table_schema, table_name")
                .stream()
                .map(row -> new Table(row.text("of_schema"), row.text("name"), row.number("bytes")))
                .toList();
    }

    /** Every table of the snapshot, in the order of names; those that cannot be counted without a count. */
    List<TableCount> count() {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        List<TableCount> counts = new ArrayList<>();
        for (Table table : tables) {
            cancellation.check();
            int part = table.bytes() > LARGE ? PART : 1;
            Optional<TableCount.Rows> rows =
                    System.nanoTime() > deadline ? Optional.empty() : counted(table.schema(), table.name(), part);
            counts.add(new TableCount(table.schema(), table.name(), part, rows));
        }
        return counts.stream().sorted().toList();
    }

    /** The tables of the snapshot, without any count. */
    List<TableCount> uncounted() {
        return tables.stream()
                .map(table -> new TableCount(table.schema(), table.name(), 1, Optional.empty()))
                .toList();
    }

    /** One table, in the snapshot; empty when it cannot be done in time, or the table was altered. */
    Optional<TableCount.Rows> counted(String schema, String name, int part) {
        // What is locked against changes of the table is let go with the savepoint, and not only at the end of all.
        session.execute("SAVEPOINT one_table");
        try {
            Row row = session.first(statement(new Table(schema, name, 0), part)).orElseThrow();
            return Optional.of(new TableCount.Rows(row.number("amount"), row.text("added")));
        } catch (SqlFailure failure) {
            cancellation.check();
            if (failure.code() == SqlFailure.NO_ANSWER) {
                throw failure;
            }
            LOG.warn("The table {}.{} was not counted: {}", schema, name, failure.getMessage());
            return Optional.empty();
        } finally {
            if (session.usable()) {
                session.execute("ROLLBACK TO SAVEPOINT one_table");
            }
        }
    }

    private String statement(Table table, int part) {
        List<String> columns = names(
                "SELECT column_name AS name FROM information_schema.columns WHERE table_schema = ? AND table_name = ?"
                        + " ORDER BY ordinal_position",
                table);
        String row = checksum(columns);
        String all = "SELECT COUNT(*) AS amount, COALESCE(SUM(" + row + "), 0) AS added FROM " + table.quoted();
        if (part == 1) {
            return all;
        }
        List<String> key = names(
                "SELECT column_name AS name FROM information_schema.statistics WHERE table_schema = ? AND table_name = ?"
                        + " AND index_name = 'PRIMARY' ORDER BY seq_in_index",
                table);
        return all + " WHERE MOD(" + (key.isEmpty() ? row : checksum(key)) + ", " + part + ") = 0";
    }

    private List<String> names(String sql, Table table) {
        return session.query(sql, table.schema(), table.name()).stream()
                .map(row -> row.text("name"))
                .toList();
    }

    /** Each column on its own, because texts of different character sets cannot be put together. */
    private static String checksum(List<String> columns) {
        return columns.stream()
                .map(column -> "COALESCE(CRC32(" + identifier(column) + "), '-')")
                .collect(Collectors.joining(", ", "CRC32(CONCAT_WS('#', ", "))"));
    }

    /** As it stands in a statement. */
    static String quoted(String schema, String table) {
        return identifier(schema) + "." + identifier(table);
    }

    private static String identifier(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
