package dev.cotton.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cotton.core.wire.InstanceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.JsonNode;

/** Everything of a healthy cluster that can be killed is killed, and heals without losing a row. */
@TestInstance(Lifecycle.PER_CLASS)
class KillsIT {
    private TestFleet fleet;
    private Orders orders;
    private int rows;

    @BeforeAll
    void create() throws SQLException {
        fleet = TestFleet.started();
        fleet.create("demo", 3);
        orders = Orders.in(fleet, "demo");
    }

    @AfterAll
    void stop() throws Exception {
        fleet.close();
    }

    @BeforeEach
    void beginHealthy() throws SQLException {
        fleet.awaitState("demo", "healthy");
        orders.insert(++rows);
    }

    private void assertHeals() throws SQLException {
        fleet.awaitState("demo", "healthy");
        orders.insert(++rows);
        orders.awaitEverywhere(rows);
    }

    @Test
    void aNewSchedulerFindsAllAsItIsAndCallsNothingDown() throws SQLException {
        Map<String, Long> pids = fleet.api().pids("demo");
        fleet.scheduler().kill();
        fleet.startScheduler();
        assertThat(fleet.statesUntil("demo", "healthy"))
                .isSubsetOf(Set.of("unreachable", "HTTP 503", "looking", "healthy"));
        assertThat(fleet.api().pids("demo")).isEqualTo(pids);
        assertHeals();
    }

    /** Their receivers stand still with their servers. */
    @Test
    void withoutASchedulerCommitsStillWaitForAReplica() throws SQLException {
        Map<String, Long> pids = fleet.api().pids("demo");
        List<Long> replicas = fleet.api().replicas("demo").stream()
                .map(replica -> pids.get(replica.path("id").asString()))
                .toList();
        try (Connection writer = fleet.connect("demo", fleet.api().primary("demo"));
                Connection reader = fleet.connect("demo", fleet.api().primary("demo"))) {
            fleet.scheduler().kill();
            replicas.forEach(pid -> Processes.signal(pid, "STOP"));
            CompletableFuture<Void> commit = Orders.send(writer, ++rows);
            await().atMost(TestFleet.LONG)
                    .until(() -> Orders.ask(reader, WAITING_FOR_ACKS), count -> Integer.parseInt(count) > 0);
            await().during(Duration.ofSeconds(2)).atMost(TestFleet.LONG).until(() -> !commit.isDone());
            Processes.signal(replicas.getFirst(), "CONT");
            assertThat(commit).succeedsWithin(TestFleet.LONG);
        } finally {
            replicas.forEach(pid -> Processes.signal(pid, "CONT"));
            fleet.startScheduler();
        }
        assertHeals();
        assertThat(fleet.api().pids("demo")).isEqualTo(pids);
    }

    private static final String WAITING_FOR_ACKS = "SELECT COUNT(*) FROM performance_schema.threads"
            + " WHERE TYPE = 'FOREGROUND' AND PROCESSLIST_INFO LIKE 'INSERT INTO shop.orders%' AND PROCESSLIST_STATE IN"
            + " ('Waiting for semi-sync ACK from replica', 'waiting for handler commit')";

    @Test
    void executorsThatAreKilledFindTheirServersAgain() throws SQLException {
        Map<String, Long> pids = fleet.api().pids("demo");
        List<Long> executors = pids.keySet().stream().map(fleet::executor).toList();
        executors.forEach(pid -> Processes.signal(pid, "KILL"));
        orders.insert(++rows);
        await().atMost(TestFleet.LONG)
                .until(() -> pids.keySet().stream().map(fleet::executor).noneMatch(executors::contains));
        assertHeals();
        assertThat(fleet.api().pids("demo")).isEqualTo(pids);
    }

    @Test
    void aReplicaWhoseServerIsKilledIsBackInSync() throws SQLException {
        assertServerRestarts(fleet.api().replicas("demo").getFirst());
    }

    @Test
    void aPrimaryWhoseServerIsKilledIsBackWithItsData() throws SQLException {
        assertServerRestarts(fleet.api().primary("demo"));
    }

    private void assertServerRestarts(JsonNode instance) throws SQLException {
        String id = instance.path("id").asString();
        Map<String, Long> before = fleet.api().pids("demo");
        long killed = fleet.api().pid("demo", id);
        Processes.signal(killed, "KILL");
        await().atMost(TestFleet.LONG).until(() -> {
            long now = fleet.api().pid("demo", id);
            return now > 0 && now != killed;
        });
        assertHeals();
        Map<String, Long> after = fleet.api().pids("demo");
        assertThat(after.keySet()).isEqualTo(before.keySet());
        before.keySet().stream()
                .filter(other -> !other.equals(id))
                .forEach(other -> assertThat(after.get(other)).as(other).isEqualTo(before.get(other)));
    }

    @Test
    void aReplicaThatLostItsDataIsReplacedByAClone() throws SQLException, IOException {
        Set<String> before = fleet.api().pids("demo").keySet();
        String lost = fleet.api().replicas("demo").getLast().path("id").asString();
        for (String kind : List.of(
                InstanceFolder.EXECUTOR_PROCESS, InstanceFolder.KEEPER_PROCESS, InstanceFolder.MYSQLD_PROCESS)) {
            Processes.signal(fleet.process(lost, kind).pid(), "KILL");
        }
        removeAll(fleet.data().resolve("instances").resolve(lost));
        await().atMost(TestFleet.LONG)
                .until(() -> !fleet.api().pids("demo").keySet().contains(lost)
                        && fleet.api().instances("demo").size() == 3);
        assertHeals();
        List<JsonNode> fresh = fleet.api().instances("demo").stream()
                .filter(instance -> !before.contains(instance.path("id").asString()))
                .toList();
        assertThat(fresh).hasSize(1);
        try (Connection connection = fleet.connect("demo", fresh.getFirst())) {
            assertThat(Orders.ask(connection, "SELECT STATE FROM performance_schema.clone_status"))
                    .isEqualTo("Completed");
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
