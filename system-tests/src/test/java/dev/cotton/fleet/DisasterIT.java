package dev.cotton.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cotton.scheduler.app.FleetState;
import dev.cotton.scheduler.security.Keyring;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** All that schedulers know is lost, and a copy of it is left. */
class DisasterIT {
    private TestFleet fleet;

    @BeforeEach
    void createACluster() throws Exception {
        fleet = TestFleet.started();
        fleet.create("demo", 2);
        execute(
                "CREATE DATABASE shop",
                "CREATE TABLE shop.orders (id INT PRIMARY KEY)",
                "INSERT INTO shop.orders VALUES (1)");
    }

    @AfterEach
    void stop() throws Exception {
        fleet.close();
    }

    private FleetState copied() {
        return FleetState.read(fleet.zkUrl(), Keyring.open(fleet.keyFile(), false), Optional.empty(), Instant.now());
    }

    private void loseAllAndBringBack(FleetState copy) {
        fleet.scheduler().kill();
        fleet.loseState();
        copy.write(fleet.zkUrl());
        fleet.start();
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = fleet.connect("demo", fleet.api().primary("demo"));
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private int rows(JsonNode instance) throws SQLException {
        try (Connection connection = fleet.connect("demo", instance);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM shop.orders")) {
            result.next();
            return result.getInt(1);
        }
    }

    @Test
    void aNewCopyBringsTheClusterBackWhileItsServersGoOn() throws Exception {
        Map<String, Long> servers = fleet.api().pids("demo");
        FleetState copy = copied();
        execute("INSERT INTO shop.orders VALUES (2)");

        loseAllAndBringBack(copy);

        fleet.awaitState("demo", "healthy");
        assertThat(fleet.api().pids("demo")).isEqualTo(servers);
        execute("INSERT INTO shop.orders VALUES (3)");
        assertThat(rows(fleet.api().primary("demo"))).isEqualTo(3);
        assertThatThrownBy(() -> copy.write(fleet.zkUrl())).hasMessageContaining("There is a fleet at");
    }

    @Test
    void withACopyFromBeforeAnotherPrimaryNothingIsDone() throws Exception {
        FleetState copy = copied();
        String former = fleet.api().primary("demo").path("id").asString();
        fleet.api().post("/api/v1/clusters/demo/switchover", "{}");
        fleet.awaitState("demo", "healthy");
        JsonNode primary = fleet.api().primary("demo");
        assertThat(primary.path("id").asString()).isNotEqualTo(former);

        loseAllAndBringBack(copy);

        fleet.awaitState("demo", "blocked");
        await().atMost(TestFleet.LONG)
                .until(() -> fleet.api()
                        .get("/api/v1/clusters/demo")
                        .path("why")
                        .asString()
                        .contains("has seen newer orders"));
        try (Connection connection = fleet.connect("demo", primary);
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO shop.orders VALUES (2)");
        }
        assertThat(rows(primary)).isEqualTo(2);
    }
}
