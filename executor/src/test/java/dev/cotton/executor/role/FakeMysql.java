package dev.cotton.executor.role;

import dev.cotton.executor.sql.Row;
import dev.cotton.executor.sql.Session;
import dev.cotton.executor.sql.SqlFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mysqld as far as roles are concerned: it does what statements say, refuses what a real one refuses, and keeps them. */
final class FakeMysql implements Session {
    private static final Pattern LOCK = Pattern.compile("cotton_repl_([0-9]+)");

    /** What was executed, in order. */
    final List<String> done = new ArrayList<>();

    boolean readOnly = true;
    boolean superReadOnly = true;
    boolean schemaExists;
    boolean attached;
    String receiver = "No";
    boolean applier;
    String source = "none";
    String account = "none";
    String retrieved = "";
    String executed = "";
    String owned = "";
    boolean ackFlag;
    boolean semiSync;
    int ackCount = 1;
    int waiting;

    /** A client holds a lock. */
    boolean locked;

    final Set<Integer> unlocked = new TreeSet<>();
    final Map<Long, String> connections = new TreeMap<>();

    /** For so many looks at the connections somebody else's is starting the applier. */
    int starting;

    /** Makes the applier apply everything when it is started. */
    boolean appliesAtOnce = true;

    @Override
    public void execute(String sql, Object... arguments) {
        done.add(sql);
        if (sql.startsWith("ALTER USER") && superReadOnly) {
            throw new SqlFailure(1290, "super-read-only", new IllegalStateException());
        }
        if (sql.startsWith("SET GLOBAL super_read_only = ON") && (waiting > 0 || locked)) {
            throw new SqlFailure(SqlFailure.LOCK_WAIT_TIMEOUT, "lock wait timeout", new IllegalStateException());
        }
        apply(sql, arguments);
    }

    private void apply(String sql, Object... arguments) {
        switch (sql) {
            case "SET GLOBAL super_read_only = ON" -> {
                readOnly = true;
                superReadOnly = true;
            }
            case "SET GLOBAL super_read_only = OFF" -> superReadOnly = false;
            case "SET GLOBAL read_only = OFF" -> {
                readOnly = false;
                superReadOnly = false;
            }
            case "STOP REPLICA IO_THREAD" -> receiver = "No";
            case "START REPLICA IO_THREAD" -> receiver = "Yes";
            case "STOP REPLICA SQL_THREAD" -> applier = false;
            case "START REPLICA SQL_THREAD" -> startApplier();
            case "RESET REPLICA ALL" -> attached = false;
            case "SET GLOBAL rpl_semi_sync_replica_enabled = ON" -> ackFlag = true;
            case "SET GLOBAL rpl_semi_sync_replica_enabled = OFF" -> ackFlag = false;
            case "SET GLOBAL rpl_semi_sync_source_enabled = ON" -> semiSync = true;
            case "SET GLOBAL rpl_semi_sync_source_enabled = OFF" -> semiSync = false;
            default -> applyLonger(sql, arguments);
        }
    }

    private void startApplier() {
        applier = true;
        if (appliesAtOnce && !retrieved.isEmpty()) {
            executed = retrieved;
        }
    }

    private void applyLonger(String sql, Object... arguments) {
        if (sql.startsWith("CHANGE REPLICATION SOURCE")) {
            if (attached && !applier && !receiver.equals("Yes")) {
                retrieved = "";
            }
            attached = true;
            source = arguments[0] + ":" + arguments[1];
            account = (String) arguments[2];
        } else if (sql.startsWith("ALTER USER")) {
            slots(sql).forEach(slot -> {
                if (sql.endsWith("UNLOCK")) {
                    unlocked.add(slot);
                } else {
                    unlocked.remove(slot);
                }
            });
        } else if (sql.startsWith("KILL ")) {
            connections.remove(Long.parseLong(sql.substring(5)));
        } else if (sql.startsWith("SET GLOBAL rpl_semi_sync_source_wait_for_replica_count = ")) {
            ackCount = Integer.parseInt(sql.substring(sql.lastIndexOf(' ') + 1));
        }
    }

    private static Set<Integer> slots(String sql) {
        Set<Integer> slots = new TreeSet<>();
        Matcher matcher = LOCK.matcher(sql);
        while (matcher.find()) {
            slots.add(Integer.parseInt(matcher.group(1)));
        }
        return slots;
    }

    @Override
    public List<Row> query(String sql, Object... arguments) {
        if (sql.equals("SHOW REPLICA STATUS")) {
            return attached ? List.of(replicaStatus()) : List.of();
        }
        if (sql.contains("read_only")) {
            return List.of(row("read_only", readOnly, "super_read_only", superReadOnly));
        }
        if (sql.contains("rpl_semi_sync_replica_enabled")) {
            return List.of(row("acks", ackFlag));
        }
        if (sql.contains("rpl_semi_sync_source_enabled")) {
            return List.of(row("enabled", semiSync, "ack_count", ackCount));
        }
        if (sql.contains("Rpl_semi_sync_source_wait_sessions")) {
            return List.of(row("waiting", waiting));
        }
        if (sql.contains("gtid_owned")) {
            return List.of(row("value", owned));
        }
        if (sql.contains("gtid_executed")) {
            return List.of(row("value", executed));
        }
        if (sql.contains("information_schema.tables")) {
            return schemaExists ? List.of(row("1", 1)) : List.of();
        }
        if (sql.contains("FROM mysql.user")) {
            return accounts(arguments[0].equals("N"));
        }
        if (sql.equals("SHOW PROCESSLIST")) {
            return processes();
        }
        throw new IllegalArgumentException("This fake does not know " + sql + Arrays.toString(arguments));
    }

    private List<Row> processes() {
        List<Row> processes = new ArrayList<>();
        connections.forEach((id, user) -> processes.add(process(id, user, "")));
        if (starting > 0) {
            starting--;
            processes.add(process(1_000, "cotton_admin", "START REPLICA SQL_THREAD"));
        }
        return processes;
    }

    private static Row process(long id, String user, String statement) {
        return row("Id", id, "User", user, "Command", "Query", "Info", statement);
    }

    private List<Row> accounts(boolean open) {
        return java.util.stream.IntStream.range(0, 16)
                .filter(slot -> unlocked.contains(slot) == open)
                .mapToObj(slot -> row("account", "cotton_repl_" + slot))
                .toList();
    }

    private Row replicaStatus() {
        int colon = source.indexOf(':');
        return row(
                "Source_Host",
                source.substring(0, colon),
                "Source_Port",
                source.substring(colon + 1),
                "Source_User",
                account,
                "Source_SSL_CA_File",
                "/tls/ca.pem",
                "Replica_IO_Running",
                receiver,
                "Replica_SQL_Running",
                applier ? "Yes" : "No",
                "Last_IO_Error",
                "",
                "Last_SQL_Error",
                "",
                "Retrieved_Gtid_Set",
                retrieved,
                "Executed_Gtid_Set",
                executed);
    }

    private static Row row(Object... pairs) {
        Map<String, String> columns = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            Object value = pairs[i + 1];
            columns.put((String) pairs[i], value instanceof Boolean flag ? (flag ? "1" : "0") : String.valueOf(value));
        }
        return new Row(columns);
    }

    /** Where the first statement that starts so is among those done; fails the test when it is not. */
    int at(String start) {
        for (int i = 0; i < done.size(); i++) {
            if (done.get(i).startsWith(start)) {
                return i;
            }
        }
        throw new AssertionError("'" + start + "' was not done, but " + done);
    }

    @Override
    public boolean usable() {
        return true;
    }

    @Override
    public void close() {}
}
