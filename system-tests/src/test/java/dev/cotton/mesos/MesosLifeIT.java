package dev.cotton.mesos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cotton.testing.mesos.SimulatedAgent;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A cluster on a fleet of three agents goes through its life: the steps build on each other. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class MesosLifeIT {
    private static final String CLUSTER = "shop";

    private MesosFleet fleet;
    private FleetWriters writers;
    private int rows;

    @BeforeAll
    void create(@TempDir Path folder) throws Exception {
        fleet = new MesosFleet(folder, ExecutorPackage.make(folder));
        fleet.api().create(CLUSTER, 3);
        fleet.awaitState(CLUSTER, "healthy");
        execute("CREATE DATABASE shop");
        execute("CREATE TABLE shop.orders (id INT PRIMARY KEY)");
        writers = FleetWriters.begin(fleet.api(), fleet::url, CLUSTER, folder);
    }

    @AfterAll
    void close() {
        try (MesosFleet ended = fleet;
                FleetWriters _ = writers) {
            ended.assertNothingLeft();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = fleet.connect(CLUSTER, fleet.api().primary(CLUSTER));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Everything that was acknowledged so far is on every member, and one more row. */
    private void everyRowIsEverywhere() throws SQLException {
        execute("INSERT INTO shop.orders VALUES (" + ++rows + ")");
        for (JsonNode instance : fleet.api().instances(CLUSTER)) {
            await().atMost(MesosFleet.LONG)
                    .ignoreExceptionsInstanceOf(SQLException.class)
                    .untilAsserted(() -> assertThat(countOn(instance)).isEqualTo(rows));
        }
    }

    private int countOn(JsonNode instance) throws SQLException {
        try (Connection connection = fleet.connect(CLUSTER, instance);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM shop.orders")) {
            assertThat(result.next()).isTrue();
            return result.getInt(1);
        }
    }

    private Map<String, Long> pids() {
        return fleet.api().pids(CLUSTER);
    }

    private String primary() {
        return fleet.api().primary(CLUSTER).path("id").asString();
    }

    private String replica() {
        return fleet.api().replicas(CLUSTER).getFirst().path("id").asString();
    }

    @Test
    @Order(1)
    void everyInstanceHasAnAgentAndAVolumeOfItsOwn() throws SQLException {
        everyRowIsEverywhere();
        assertThat(fleet.mesos().view().volumes())
                .extracting(volume -> volume.agent())
                .doesNotHaveDuplicates()
                .hasSize(3);
        assertThat(fleet.mesos().view().reservations())
                .allSatisfy(reservation -> assertThat(reservation.labels())
                        .containsEntry("cotton_cluster", CLUSTER)
                        .containsKeys("cotton_instance", "cotton_nonce", "cotton_state"));
    }

    @Test
    @Order(1)
    void nothingSecretIsShown() throws IOException, InterruptedException {
        String password = fleet.api().password(CLUSTER);
        Shown shown = Shown.of(fleet.mesos());

        assertThat(shown.whole())
                .contains("cotton-" + CLUSTER + "-0.1", "cotton-executor", CLUSTER + ".0")
                .contains("health_check", "\"mysql\"", "MESOS_EXECUTOR_ID");
        assertThat(shown.parts())
                .allSatisfy((place, text) -> assertThat(text)
                        .as(place)
                        .doesNotContain(password)
                        .doesNotContainPattern("BEGIN [A-Z ]*PRIVATE KEY|\"token\""));
        assertThat(shown.sandboxFiles())
                .allMatch(name -> Shown.EXPECTED.stream().anyMatch(name::startsWith));
    }

    @Test
    @Order(1)
    void whatTheOriginalCountedIsCounted() {
        JsonNode variables = fleet.api().get("/vars.json");

        assertThat(variables.path("scheduler.framework_registered").asInt()).isEqualTo(1);
        assertThat(variables.path("scheduler.tasks_launched").asInt()).isEqualTo(3);
        assertThat(variables.path("scheduler.resource_offers").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(variables.path("scheduler.offers_incompatible_role").asInt()).isZero();
        assertThat(variables.path("scheduler.tasks_lost").asInt()).isZero();
        await().atMost(MesosFleet.LONG)
                .untilAsserted(() -> assertThat(
                                fleet.api().call("GET", "/metrics", "").text())
                        .contains("cotton_mesos_registered 1.0", "cotton_mesos_tasks_launched_total 3.0")
                        .contains("cotton_mesos_subscriptions_total 1.0", "cotton_mesos_instances_unreachable 0.0")
                        .containsPattern(
                                "cotton_instance_sandbox_bytes\\{cluster=\"shop\",instance=\"shop-0\"\\} [1-9]"));
    }

    @Test
    @Order(1)
    void anInstanceThatAnswersIsWellToMesos() {
        await().atMost(MesosFleet.LONG)
                .untilAsserted(() -> assertThat(fleet.mesos().view().tasks())
                        .filteredOn(task -> task.state().equals("TASK_RUNNING"))
                        .hasSize(3)
                        .allMatch(task -> task.healthy().equals(Optional.of(true))));
    }

    @Test
    @Order(2)
    void anotherSchedulerFindsEverythingAsItIs() throws SQLException {
        Map<String, Long> before = pids();
        fleet.stopScheduler();
        fleet.startScheduler();
        fleet.awaitState(CLUSTER, "healthy");
        assertThat(pids()).isEqualTo(before);
        everyRowIsEverywhere();
    }

    @Test
    @Order(3)
    void anAgentThatStartsAgainStopsNothing() throws SQLException {
        Map<String, Long> before = pids();
        SimulatedAgent agent = fleet.agentOf(primary());
        agent.kill();
        agent.start();
        everyRowIsEverywhere();
        assertThat(pids()).isEqualTo(before);
    }

    @Test
    @Order(4)
    void aPrimaryThatIsKilledIsReplacedByAReplica() throws SQLException {
        String former = primary();
        ProcessHandle.of(fleet.api().pid(CLUSTER, former)).orElseThrow().destroyForcibly();
        await().atMost(MesosFleet.LONG)
                .ignoreExceptions()
                .until(() -> !primary().equals(former));
        fleet.awaitState(CLUSTER, "healthy");
        everyRowIsEverywhere();
    }

    @Test
    @Order(5)
    void anExecutorThatDiesComesBackToItsVolume() throws SQLException {
        String victim = replica();
        long mysqld = fleet.api().pid(CLUSTER, victim);
        List<String> volumes = volumes();
        fleet.agentOf(victim)
                .containers()
                .forEach(container -> ProcessHandle.of(container).ifPresent(ProcessHandle::destroyForcibly));
        await().atMost(MesosFleet.LONG)
                .ignoreExceptions()
                .until(() -> fleet.api().pid(CLUSTER, victim), pid -> pid > 0 && pid != mysqld);
        fleet.awaitState(CLUSTER, "healthy");
        everyRowIsEverywhere();
        assertThat(volumes()).isEqualTo(volumes);
    }

    private List<String> volumes() {
        return fleet.mesos().view().volumes().stream()
                .map(volume -> volume.id())
                .sorted()
                .toList();
    }

    @Test
    @Order(6)
    void anUnreachableAgentIsNotLostWhenItComesBack() throws SQLException {
        String victim = replica();
        Map<String, Long> before = pids();
        SimulatedAgent agent = fleet.agentOf(victim);
        agent.cutOff();
        await().atMost(MesosFleet.LONG)
                .until(() -> fleet.mesos().view().tasks().stream()
                        .anyMatch(task -> task.state().equals("TASK_UNREACHABLE")));
        agent.reconnect();
        fleet.awaitState(CLUSTER, "healthy");
        everyRowIsEverywhere();
        assertThat(pids()).isEqualTo(before);
    }

    @Test
    @Order(7)
    void theMasterMayFailAndTheDatabasesGoOn() throws SQLException {
        Map<String, Long> before = pids();
        fleet.mesos().killMaster(0);
        everyRowIsEverywhere();
        fleet.mesos().startMaster(0);
        everyRowIsEverywhere();
        assertThat(pids()).isEqualTo(before);
    }

    @Test
    @Order(8)
    void aRemovedFrameworkIsNotRegisteredAnewUnlessSomebodySaysSo() throws SQLException {
        List<String> volumes = volumes();
        String former = fleet.mesos().view().frameworks().getFirst();
        fleet.mesos().tearDown(former);
        await().atMost(MesosFleet.LONG)
                .ignoreExceptions()
                .until(() -> fleet.api().primary(CLUSTER).toString().contains("--register-anew"));
        assertThat(fleet.mesos().view().frameworks()).isEmpty();

        fleet.stopScheduler();
        fleet.startScheduler(true);
        await().atMost(MesosFleet.LONG)
                .until(() -> fleet.mesos().view().tasks().stream()
                                .filter(task -> task.state().equals("TASK_RUNNING"))
                                .count()
                        == 3);
        fleet.awaitState(CLUSTER, "healthy");
        everyRowIsEverywhere();
        assertThat(volumes()).isEqualTo(volumes);
        assertThat(fleet.mesos().view().frameworks()).hasSize(1).doesNotContain(former);
    }

    @Test
    @Order(9)
    void nothingWasLostThatWasAcknowledgedThroughoutAllOfThis() {
        writers.assertNothingLost();
    }

    @Test
    @Order(10)
    void whatIsPurgedLeavesNothingBehind() {
        fleet.api().delete(CLUSTER, false);
        await().atMost(MesosFleet.LONG)
                .until(() -> fleet.mesos().view().tasks().stream()
                        .noneMatch(task -> task.state().equals("TASK_RUNNING")));
        assertThat(fleet.mesos().view().volumes()).hasSize(3);

        fleet.awaitState(CLUSTER, "absent");
        fleet.api().purge(CLUSTER);
        fleet.assertNothingLeft();
        assertThat(fleet.api().get("/vars.json").path("scheduler.tasks_killed").asInt())
                .isEqualTo(3);
    }
}
