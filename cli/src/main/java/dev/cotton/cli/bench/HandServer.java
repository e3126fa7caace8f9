package dev.cotton.cli.bench;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.writers.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A server of the floor with an open connection to it. Used by one thread at a time.
 *
 * @param server it
 * @param connection as the floor's user
 */
record HandServer(FloorServer server, Connection connection) {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** @param limit for each answer */
    static HandServer of(Database database, FloorServer server, Duration limit) throws SQLException {
        return new HandServer(server, database.open("127.0.0.1:" + server.port(), limit));
    }

    static List<HandServer> of(Database database, List<FloorServer> servers) throws SQLException {
        List<HandServer> connected = new ArrayList<>();
        for (FloorServer server : servers) {
            connected.add(of(database, server, LIMIT));
        }
        return connected;
    }

    /** Something that is done with several at once. */
    @FunctionalInterface
    interface Work {
        void with(HandServer server) throws SQLException;
    }

    static void all(List<HandServer> servers, Work work) throws InterruptedException {
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            servers.forEach(server -> tasks.add(() -> {
                work.with(server);
                return true;
            }));
            for (Future<Boolean> done : all.invokeAll(tasks)) {
                done.get();
            }
        } catch (ExecutionException failed) {
            throw new Failure(ExitCode.FAILED, "The floor failed: " + failed.getCause(), failed);
        }
    }

    void execute(String statement) throws SQLException {
        try (Statement all = connection.createStatement()) {
            all.execute(statement);
        }
    }

    /** The first column of the only row. */
    String value(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return String.valueOf(result.getString(1)).replaceAll("\\s", "");
        }
    }

    /** The GTIDs that are in its relay log, or were. */
    String received() throws SQLException {
        return value("SELECT received_transaction_set FROM performance_schema.replication_connection_status");
    }

    /** Whether it has received all of {@code others}. */
    boolean received(String others) throws SQLException {
        return value("SELECT GTID_SUBSET('" + others + "', '" + received() + "')")
                .equals("1");
    }

    /** Waits until it has executed them. */
    void executeAll(String gtids) throws SQLException {
        if (!value("SELECT WAIT_FOR_EXECUTED_GTID_SET('" + gtids + "', 20)").equals("0")) {
            throw new SQLException("a server of the floor does not catch up");
        }
    }

    /** Lets a replica that has executed everything take writes, which one replica has to acknowledge. */
    void open() throws SQLException {
        execute("STOP REPLICA");
        execute("RESET REPLICA ALL");
        execute("SET GLOBAL rpl_semi_sync_source_wait_for_replica_count=1");
        execute("SET GLOBAL rpl_semi_sync_source_enabled=ON");
        execute("SET GLOBAL read_only=OFF");
    }

    /** Has a replica with a stopped receiver follow another server from now on. */
    void follow(HandServer source) throws SQLException {
        execute("CHANGE REPLICATION SOURCE TO SOURCE_HOST='127.0.0.1', SOURCE_PORT="
                + source.server().port());
        execute("START REPLICA IO_THREAD");
    }

    void close() {
        try {
            connection.close();
        } catch (SQLException gone) {
            // With its server.
        }
    }
}
