package dev.cotton.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/** A table of a cluster that a test writes to, as the cluster's user. */
final class Orders {
    private final TestFleet fleet;
    private final String cluster;

    private Orders(TestFleet fleet, String cluster) {
        this.fleet = fleet;
        this.cluster = cluster;
    }

    /** An empty table in a healthy cluster. */
    static Orders in(TestFleet fleet, String cluster) throws SQLException {
        Orders orders = new Orders(fleet, cluster);
        orders.execute("CREATE DATABASE shop");
        orders.execute("CREATE TABLE shop.orders (id INT PRIMARY KEY)");
        return orders;
    }

    /** Returns when the row is acknowledged. */
    void insert(int id) throws SQLException {
        execute("INSERT INTO shop.orders VALUES (" + id + ")");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = fleet.connect(cluster, fleet.api().primary(cluster))) {
            execute(connection, sql);
        }
    }

    /** Inserts on a connection that is open already; done when the row is acknowledged. */
    static CompletableFuture<Void> send(Connection connection, int id) {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        Thread.ofVirtual().name("insert-" + id).start(() -> {
            try {
                execute(connection, "INSERT INTO shop.orders VALUES (" + id + ")");
                acknowledged.complete(null);
            } catch (SQLException failed) {
                acknowledged.completeExceptionally(failed);
            }
        });
        return acknowledged;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** How many rows one member has. */
    int countOn(JsonNode instance) throws SQLException {
        try (Connection connection = fleet.connect(cluster, instance)) {
            return Integer.parseInt(ask(connection, "SELECT COUNT(*) FROM shop.orders"));
        }
    }

    int countOnPrimary() throws SQLException {
        return countOn(fleet.api().primary(cluster));
    }

    /** Waits until every member has exactly {@code count} rows. */
    void awaitEverywhere(int count) {
        for (JsonNode instance : fleet.api().instances(cluster)) {
            await().atMost(TestFleet.LONG)
                    .ignoreExceptionsInstanceOf(SQLException.class)
                    .untilAsserted(() -> assertThat(countOn(instance))
                            .as(instance.path("id").asString())
                            .isEqualTo(count));
        }
    }

    /** The first column of the first row. */
    static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).as(sql).isTrue();
            return String.valueOf(result.getString(1));
        }
    }
}
