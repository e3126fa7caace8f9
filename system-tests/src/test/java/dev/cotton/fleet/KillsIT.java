package dev.cotton.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cotton.core.wire.InstanceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Everything that can be killed is killed, also in the middle of something, and heals. */
class KillsIT {
    private TestFleet fleet;

    @BeforeEach
    void start() {
        fleet = TestFleet.started();
    }

    @AfterEach
    void stop() throws Exception {
        fleet.close();
    }

    @Test
    void databasesGoOnWithoutSchedulerAndExecutors() throws SQLException {
        fleet.create("demo", 3);
        Map<String, Long> pids = fleet.api().pids("demo");
        JsonNode primary = fleet.api().primary("demo");
        try (Connection connection = fleet.connect("demo", primary)) {
            execute(connection, "CREATE DATABASE shop");
            execute(connection, "CREATE TABLE shop.orders (id INT PRIMARY KEY)");
            fleet.scheduler().kill();
            for (String instance : pids.keySet()) {
                Processes.signal(fleet.executor(instance), "KILL");
            }
            execute(connection, "INSERT INTO shop.orders VALUES (1)");
            fleet.startScheduler();
            fleet.awaitState("demo", "healthy");
            execute(connection, "INSERT INTO shop.orders VALUES (2)");
        }
        assertThat(fleet.api().pids("demo")).isEqualTo(pids);
    }

    @Test
    void aKilledReplicaIsBackInSync() throws SQLException {
        fleet.create("demo", 2);
        JsonNode replica = fleet.api().replicas("demo").getFirst();
        String id = replica.path("id").asString();
        long before = fleet.api().pid("demo", id);
        Processes.signal(before, "KILL");
        await().atMost(TestFleet.LONG).until(() -> {
            long now = fleet.api().pid("demo", id);
            return now > 0 && now != before;
        });
        fleet.awaitState("demo", "healthy");
        assertReplicates("demo");
    }

    @Test
    void aKilledPrimaryIsBackInItsRoleWithItsData() throws SQLException {
        fleet.create("demo", 2);
        assertReplicates("demo");
        JsonNode primary = fleet.api().primary("demo");
        String id = primary.path("id").asString();
        long before = fleet.api().pid("demo", id);
        Processes.signal(before, "KILL");
        await().atMost(TestFleet.LONG)
                .until(() -> fleet.api().pid("demo", id) > 0 && fleet.api().pid("demo", id) != before);
        fleet.awaitState("demo", "healthy");
        assertThat(rowsOf("demo", fleet.api().primary("demo"))).isEqualTo(1);
    }

    @Test
    void aLostReplicaIsReplacedByAClone() throws SQLException, IOException {
        fleet.create("demo", 2);
        assertReplicates("demo");
        String lost = fleet.api().replicas("demo").getFirst().path("id").asString();
        for (String kind : new String[] {
            InstanceFolder.EXECUTOR_PROCESS, InstanceFolder.KEEPER_PROCESS, InstanceFolder.MYSQLD_PROCESS
        }) {
            Processes.signal(fleet.process(lost, kind).pid(), "KILL");
        }
        removeAll(fleet.data().resolve("instances").resolve(lost));
        await().atMost(TestFleet.LONG)
                .until(() -> fleet.api().instances("demo").stream()
                        .map(instance -> instance.path("id").asString())
                        .anyMatch("demo-2"::equals));
        fleet.awaitState("demo", "healthy");
        assertThat(fleet.api().pids("demo"))
                .hasSize(2)
                .containsKey("demo-2")
                .as("the lost one is gone")
                .doesNotContainKey(lost);
    }

    @Test
    void aSchedulerKilledInTheMiddleOfCreationAndDeletionGoesOn() {
        fleet.api().create("demo", 2);
        fleet.scheduler().kill();
        fleet.startScheduler();
        await().atMost(TestFleet.LONG).until(() -> fleet.api().state("demo").equals("creating"));
        await().atMost(TestFleet.LONG)
                .ignoreExceptions()
                .until(() -> fleet.api().instances("demo").stream()
                        .allMatch(instance ->
                                instance.path("executor").path("reachable").asBoolean()));
        fleet.scheduler().kill();
        fleet.startScheduler();
        fleet.awaitState("demo", "healthy");
        fleet.api().delete("demo", true);
        fleet.scheduler().kill();
        fleet.startScheduler();
        fleet.awaitState("demo", "absent");
        await().atMost(TestFleet.LONG)
                .until(() -> !Files.exists(fleet.data().resolve("instances").resolve("demo-0")));
    }

    private void assertReplicates(String cluster) throws SQLException {
        try (Connection connection = fleet.connect(cluster, fleet.api().primary(cluster))) {
            execute(connection, "CREATE DATABASE shop");
            execute(connection, "CREATE TABLE shop.orders (id INT PRIMARY KEY)");
            execute(connection, "INSERT INTO shop.orders VALUES (1)");
        }
        JsonNode replica = fleet.api().replicas(cluster).getFirst();
        await().atMost(TestFleet.LONG).ignoreExceptions().until(() -> rowsOf(cluster, replica) == 1);
    }

    private int rowsOf(String cluster, JsonNode instance) throws SQLException {
        try (Connection connection = fleet.connect(cluster, instance);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM shop.orders")) {
            result.next();
            return result.getInt(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void removeAll(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
