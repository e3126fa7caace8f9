package dev.cotton.faults;

import static org.awaitility.Awaitility.await;

import dev.cotton.fleet.TestFleet;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A row that a client sends to a primary without replicas, and that waits there for an acknowledgement. */
final class WaitingInsert implements AutoCloseable {
    /** Of no other row. */
    static final int ID = 1_000_000_000;

    private static final String INSERT = "INSERT INTO ledger.entries (id) VALUES (" + ID + ")";
    private static final String LOOK = "SELECT COUNT(*) FROM performance_schema.threads WHERE TYPE = 'FOREGROUND'"
            + " AND PROCESSLIST_INFO = '" + INSERT + "' AND PROCESSLIST_STATE IN"
            + " ('Waiting for semi-sync ACK from replica', 'waiting for handler commit')";

    private final Connection client;
    private volatile boolean acknowledged;

    private WaitingInsert(Connection client) {
        this.client = client;
        Thread.ofVirtual().name("waiting-insert").start(this::insert);
    }

    /** Sends it, and returns when it waits. */
    static WaitingInsert at(Trial trial, String instance) throws SQLException {
        WaitingInsert insert = new WaitingInsert(trial.connect(instance));
        try (Connection watcher = trial.connect(instance)) {
            await().atMost(TestFleet.LONG).pollInterval(Duration.ofMillis(10)).until(() -> waits(watcher));
        }
        return insert;
    }

    private static boolean waits(Connection watcher) throws SQLException {
        try (Statement statement = watcher.createStatement();
                ResultSet rows = statement.executeQuery(LOOK)) {
            return rows.next() && rows.getInt(1) > 0;
        }
    }

    private void insert() {
        try (Statement statement = client.createStatement()) {
            statement.execute(INSERT);
            acknowledged = true;
        } catch (SQLException diedWithItsServer) {
            // Nobody was told that it succeeded.
        }
    }

    /** Whether its client was told that it succeeded. */
    boolean acknowledged() {
        return acknowledged;
    }

    @Override
    public void close() throws SQLException {
        client.close();
    }
}
