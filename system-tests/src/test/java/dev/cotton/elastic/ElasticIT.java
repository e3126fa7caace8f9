package dev.cotton.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cotton.faults.Trial;
import dev.cotton.fleet.Processes;
import dev.cotton.fleet.TestFleet;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestReporter;
import tools.jackson.databind.JsonNode;

/** A cluster is asked to be another one, under writers. */
@TestInstance(Lifecycle.PER_CLASS)
final class ElasticIT {
    private static final String CLUSTER = "demo";
    private static final String PATH = "/api/v1/clusters/" + CLUSTER;
    private static final Duration UNNOTICED = Duration.ofSeconds(2);

    private TestFleet fleet;

    @BeforeAll
    void create() {
        fleet = TestFleet.started();
        fleet.create(CLUSTER, 1);
        Trial.prepare(fleet, CLUSTER);
    }

    @AfterAll
    void remove() throws Exception {
        fleet.close();
    }

    private String ask(String wish) {
        var reply = fleet.api().call("PATCH", PATH, wish);
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        return reply.json().path("id").asString();
    }

    private void awaitDone(String operation, Trial trial) {
        await().atMost(TestFleet.LONG.multipliedBy(2))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> !outcome(operation).equals("running"));
        assertThat(outcome(operation))
                .as(() -> String.join("\n", trial.events()))
                .isEqualTo("succeeded");
    }

    private String outcome(String operation) {
        return fleet.api()
                .get("/api/v1/operations/" + operation)
                .path("outcome")
                .asString();
    }

    private List<String> ids() {
        return fleet.api().instances(CLUSTER).stream()
                .map(instance -> instance.path("id").asString())
                .toList();
    }

    private void scale(int instances, TestReporter report) {
        try (Trial trial = Trial.of(fleet, CLUSTER)) {
            String[] operation = {""};
            trial.fault(() -> operation[0] = ask("{\"instances\": " + instances + "}"));
            awaitDone(operation[0], trial);
            assertThat(ids()).hasSize(instances).contains(trial.primary());
            assertThat(trial.epochs()).isZero();
            assertThat(trial.gap()).isLessThan(UNNOTICED);
            trial.assertNothingLost(report);
        }
    }

    @Test
    void itGrowsAndShrinksAndItsClientsNoticeNothing(TestReporter report) {
        scale(3, report);
        scale(5, report);
        scale(2, report);
        scale(1, report);
    }

    @Test
    void aResizeIsOneSwitchover(TestReporter report) throws SQLException {
        scale(2, report);
        try (Trial trial = Trial.of(fleet, CLUSTER)) {
            String[] operation = {""};
            trial.fault(() -> operation[0] = ask("{\"size\": {\"mem\": \"640mb\"}}"));
            awaitDone(operation[0], trial);
            assertThat(ids()).hasSize(2).doesNotContain(trial.primary()).doesNotContainAnyElementsOf(trial.replicas());
            assertThat(trial.epochs()).isEqualTo(1);
            assertThat(trial.gap()).isLessThan(UNNOTICED.multipliedBy(2));
            trial.assertNothingLost(report);
        }
        for (JsonNode instance : fleet.api().instances(CLUSTER)) {
            assertThat(variable(instance, "innodb_buffer_pool_size")).isGreaterThan(64L << 20);
        }
    }

    @Test
    void durabilityIsChangedWithoutARestart(TestReporter report) throws SQLException {
        scale(2, report);
        try (Trial trial = Trial.of(fleet, CLUSTER)) {
            List<Long> before = trial.replicas().stream().map(trial::mysqld).toList();
            for (String durability : List.of("lossless-power", "async", "lossless")) {
                awaitDone(ask("{\"durability\": \"" + durability + "\"}"), trial);
                for (JsonNode instance : fleet.api().instances(CLUSTER)) {
                    assertThat(variable(instance, "sync_relay_log"))
                            .isEqualTo(durability.equals("lossless-power") ? 1 : 10_000);
                }
                assertThat(fleet.api().get(PATH).at("/inSync/ackCount").asInt())
                        .isEqualTo(durability.equals("async") ? 0 : 1);
            }
            assertThat(trial.replicas().stream().map(trial::mysqld)).isEqualTo(before);
            trial.assertNothingLost(report);
        }
    }

    @Test
    void optionsAreChangedWithoutARestartWhereMysqlCan(TestReporter report) throws SQLException {
        scale(2, report);
        List<String> before = ids();
        try (Trial trial = Trial.of(fleet, CLUSTER)) {
            List<Long> servers = trial.replicas().stream().map(trial::mysqld).toList();
            awaitDone(ask("{\"options\": {\"wait_timeout\": \"300\", \"tmp_table_size\": \"2mb\"}}"), trial);
            for (JsonNode instance : fleet.api().instances(CLUSTER)) {
                assertThat(variable(instance, "wait_timeout")).isEqualTo(300);
                assertThat(variable(instance, "tmp_table_size")).isEqualTo(2 << 20);
            }
            awaitDone(ask("{\"unsetOptions\": [\"wait_timeout\"]}"), trial);
            for (JsonNode instance : fleet.api().instances(CLUSTER)) {
                assertThat(variable(instance, "wait_timeout")).isEqualTo(28_800);
                assertThat(variable(instance, "tmp_table_size")).isEqualTo(2 << 20);
            }
            assertThat(trial.replicas().stream().map(trial::mysqld)).isEqualTo(servers);
            assertThat(ids()).isEqualTo(before);
            trial.assertNothingLost(report);
        }
    }

    @Test
    void aReplicaThatIsBeingMadeAndAPrimaryMayDie(TestReporter report) {
        scale(2, report);
        try (Trial trial = Trial.of(fleet, CLUSTER)) {
            String[] operation = {""};
            trial.fault(() -> operation[0] = ask("{\"instances\": 3}"));
            await().atMost(TestFleet.LONG).until(() -> ids().size() == 3);
            String fresh = ids().getLast();
            await().atMost(TestFleet.LONG).until(() -> fleet.executor(fresh) > 0);
            Processes.signal(fleet.executor(fresh), "KILL");
            Processes.signal(trial.mysqld(trial.primary()), "KILL");
            awaitDone(operation[0], trial);
            assertThat(ids()).hasSize(3);
            trial.assertNothingLost(report);
        }
    }

    private long variable(JsonNode instance, String name) throws SQLException {
        try (Connection connection = fleet.connect(CLUSTER, instance);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT @@GLOBAL." + name)) {
            row.next();
            return row.getLong(1);
        }
    }
}
