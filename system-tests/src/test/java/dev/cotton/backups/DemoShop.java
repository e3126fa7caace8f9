package dev.cotton.backups;

import static org.awaitility.Awaitility.await;

import dev.cotton.fleet.Api;
import dev.cotton.fleet.TestFleet;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** A fleet with a cluster {@code demo}, which has a shop with three orders. */
final class DemoShop implements AutoCloseable {
    static final String DEMO = "/api/v1/clusters/demo";
    private static final Duration LONG = Duration.ofMinutes(3);

    private final TestFleet fleet = TestFleet.started();

    DemoShop(int instances) throws SQLException {
        fleet.create("demo", instances);
        execute(
                "CREATE DATABASE shop",
                "CREATE TABLE shop.orders (id INT AUTO_INCREMENT PRIMARY KEY, text VARCHAR(100))",
                "INSERT INTO shop.orders (text) VALUES ('one'), ('two'), ('three')");
    }

    TestFleet fleet() {
        return fleet;
    }

    Api api() {
        return fleet.api();
    }

    /** On the primary. */
    void execute(String... statements) throws SQLException {
        try (Connection connection = fleet.connect("demo", api().primary("demo"));
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    /** How many orders there are. */
    int rows(String cluster) throws SQLException {
        try (Connection connection = fleet.connect(cluster, api().primary(cluster));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM shop.orders")) {
            result.next();
            return result.getInt(1);
        }
    }

    /** How it is backed up. */
    JsonNode standing() {
        return api().get(DEMO).path("backups");
    }

    String step() {
        return standing().path("running").path("step").asString("none");
    }

    void awaitIdle() {
        await().atMost(LONG).ignoreExceptions().until(() -> step().equals("none"));
    }

    /** A backup that is made now, once it is proven. */
    JsonNode proven() {
        api().call("POST", DEMO + "/backups", "");
        await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> standing().path("lastProven").has("id"));
        awaitIdle();
        return standing().path("lastProven");
    }

    @Override
    public void close() throws IOException {
        fleet.close();
    }
}
