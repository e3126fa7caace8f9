package dev.cotton.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From creation to the bin and back, with real servers. */
class LifeIT {
    private static final Map<String, String> LOSSLESS = Map.ofEntries(
            Map.entry("gtid_mode", "ON"),
            Map.entry("enforce_gtid_consistency", "ON"),
            Map.entry("binlog_format", "ROW"),
            Map.entry("log_replica_updates", "1"),
            Map.entry("sync_binlog", "1"),
            Map.entry("innodb_flush_log_at_trx_commit", "1"),
            Map.entry("relay_log_recovery", "0"),
            Map.entry("replica_preserve_commit_order", "1"),
            Map.entry("replica_parallel_workers", "16"),
            Map.entry("rpl_semi_sync_source_wait_point", "AFTER_SYNC"),
            Map.entry("rpl_semi_sync_source_timeout", "4294967295"),
            Map.entry("rpl_semi_sync_source_wait_no_replica", "1"),
            Map.entry("require_secure_transport", "1"),
            Map.entry("partial_revokes", "1"));
    private static TestFleet fleet;

    @BeforeAll
    static void start() {
        fleet = TestFleet.started();
    }

    @AfterAll
    static void stop() throws Exception {
        fleet.close();
    }

    @Test
    void threeInstancesReplicateLosslessly() throws SQLException {
        fleet.create("three", 3);
        try (Connection primary = fleet.connect("three", fleet.api().primary("three"));
                Statement statement = primary.createStatement()) {
            statement.execute("CREATE DATABASE shop");
            statement.execute("CREATE TABLE shop.orders (id INT PRIMARY KEY)");
            statement.execute("INSERT INTO shop.orders VALUES (7)");
        }
        for (JsonNode instance : fleet.api().instances("three")) {
            await().atMost(TestFleet.LONG).ignoreExceptions().until(() -> rows(instance) == 1);
            try (Connection connection = fleet.connect("three", instance)) {
                LOSSLESS.forEach((name, value) -> assertThat(variable(connection, name))
                        .as("%s of %s", name, instance.path("id").asString())
                        .isEqualTo(value));
                boolean primary = instance.path("role").asString().equals("primary");
                assertThat(variable(connection, "super_read_only")).isEqualTo(primary ? "0" : "1");
                assertThat(variable(connection, "rpl_semi_sync_source_enabled")).isEqualTo(primary ? "1" : "0");
                assertThat(variable(connection, "rpl_semi_sync_replica_enabled"))
                        .isEqualTo(primary ? "0" : "1");
            }
        }
        fleet.api().delete("three", true);
        fleet.awaitState("three", "absent");
    }

    @Test
    void aDeletedClusterComesBackFromTheBinWithItsData() throws SQLException {
        fleet.create("kept", 2);
        write("kept");
        fleet.api().delete("kept", false);
        fleet.awaitState("kept", "absent");
        assertThat(fleet.data().resolve("instances").resolve("kept-0")).doesNotExist();
        await().atMost(TestFleet.LONG)
                .until(() -> Files.exists(fleet.data().resolve("bin").resolve("kept-0")));
        fleet.api().post("/api/v1/clusters/kept/restore");
        fleet.awaitState("kept", "healthy");
        assertThat(read("kept")).isEqualTo(1);
        fleet.api().delete("kept", true);
        fleet.awaitState("kept", "absent");
        await().atMost(TestFleet.LONG)
                .until(() -> !Files.exists(fleet.data().resolve("instances").resolve("kept-0")));
        assertThat(fleet.data().resolve("bin").resolve("kept-0")).doesNotExist();
        assertThatThrownBy(() -> fleet.api().post("/api/v1/clusters/kept/restore"))
                .hasMessageContaining("404");
    }

    @Test
    void aNameCanBeUsedAgainWhileItsFormerClusterIsInTheBin() throws SQLException {
        fleet.create("again", 1);
        write("again");
        fleet.api().delete("again", false);
        fleet.awaitState("again", "absent");
        await().atMost(TestFleet.LONG).ignoreExceptions().until(() -> {
            fleet.api().create("again", 1);
            return true;
        });
        fleet.awaitState("again", "healthy");
        assertThat(fleet.api().primary("again").path("id").asString()).isEqualTo("again-1");
        assertThatThrownBy(() -> read("again")).isInstanceOf(SQLException.class);
        fleet.api().delete("again", true);
        fleet.awaitState("again", "absent");
    }

    @Test
    void stoppedDatabasesStartAgainWithTheirData() throws SQLException {
        fleet.create("pause", 1);
        write("pause");
        long pid = fleet.api().pid("pause", "pause-0");
        fleet.api().post("/api/v1/clusters/pause/stop");
        fleet.awaitState("pause", "stopped");
        await().atMost(TestFleet.LONG).until(() -> !Processes.alive(pid));
        fleet.api().post("/api/v1/clusters/pause/start");
        fleet.awaitState("pause", "healthy");
        assertThat(read("pause")).isEqualTo(1);
        fleet.api().delete("pause", true);
        fleet.awaitState("pause", "absent");
    }

    private static void write(String cluster) throws SQLException {
        try (Connection connection = fleet.connect(cluster, fleet.api().primary(cluster));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE shop");
            statement.execute("CREATE TABLE shop.orders (id INT PRIMARY KEY)");
            statement.execute("INSERT INTO shop.orders VALUES (7)");
        }
    }

    private static int read(String cluster) throws SQLException {
        try (Connection connection = fleet.connect(cluster, fleet.api().primary(cluster))) {
            return count(connection);
        }
    }

    private static int rows(JsonNode instance) throws SQLException {
        try (Connection connection = fleet.connect("three", instance)) {
            return count(connection);
        }
    }

    private static int count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM shop.orders")) {
            result.next();
            return result.getInt(1);
        }
    }

    private static String variable(Connection connection, String name) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT @@GLOBAL." + name)) {
            result.next();
            return result.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
