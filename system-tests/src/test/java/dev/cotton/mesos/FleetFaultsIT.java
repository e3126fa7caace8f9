package dev.cotton.mesos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cotton.fleet.Api;
import dev.cotton.fleet.SchedulerProcess;
import dev.cotton.scheduler.zookeeper.EmbeddedZooKeeper;
import dev.cotton.testing.mesos.AgentOptions;
import dev.cotton.testing.mesos.MesosSimulator;
import dev.cotton.testing.mesos.MesosView;
import dev.cotton.testing.mesos.SimulatedAgent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.awaitility.core.ConditionFactory;
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

/**
 * What fails around a cluster on a fleet while clients write to it: schedulers that can be killed, masters that elect their
 * leader, agents that are too small or never come back. The steps build on each other.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class FleetFaultsIT {
    private static final String CLUSTER = "shop";
    private static final Duration GIVEN_UP = Duration.ofSeconds(8);
    private static final int FIRST_PORT = 27_400;
    private static final int PORTS = 20;

    private final List<SchedulerProcess> schedulers = new ArrayList<>();
    private final Api api = new Api(() -> schedulers.getFirst().url());
    private EmbeddedZooKeeper zooKeeper;
    private ElectedMasters masters;
    private MesosSimulator mesos;
    private FleetScheduler scheduler;
    private Optional<FleetWriters> writers = Optional.empty();
    private Path folder;
    private String lostAgent = "";

    @BeforeAll
    void start(@TempDir Path given) throws Exception {
        folder = given;
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path executor = ExecutorPackage.make(folder);
        zooKeeper = EmbeddedZooKeeper.start(folder.resolve("zookeeper"), 0);
        masters = new ElectedMasters("127.0.0.1:" + zooKeeper.port());
        mesos = MesosSimulator.in(folder.resolve("mesos"))
                .masters(2)
                .announcements(masters)
                .agent(agent(0))
                .agent(agent(1))
                .agent(agent(2).withResources(4, 256, 20_000))
                .start();
        scheduler = new FleetScheduler(
                        zooKeeper.url().toString(), folder, masters.address(), executor, FleetScheduler.PATIENCE)
                .givingUpAfter(GIVEN_UP);
        startScheduler();
        patiently().until(() -> api.state("nobody").equals("absent"));
        startScheduler();
    }

    private static AgentOptions agent(int number) {
        int first = FIRST_PORT + number * PORTS;
        return AgentOptions.withPorts(first, first + PORTS - 1);
    }

    private void startScheduler() {
        schedulers.add(scheduler.startProcess());
    }

    /** The leading one; the other one takes over, and a third one stands by. */
    private void killScheduler() {
        schedulers.removeFirst().kill();
        patiently()
                .ignoreExceptions()
                .until(() -> api.get("/api/v1/health").path("role").asString().equals("leading"));
        startScheduler();
    }

    private static ConditionFactory patiently() {
        return await().atMost(MesosFleet.LONG).pollInterval(Duration.ofMillis(100));
    }

    private void awaitHealthy() {
        try {
            patiently().until(() -> api.state(CLUSTER).equals("healthy"));
        } catch (RuntimeException late) {
            throw new AssertionError(
                    api.call("GET", "/api/v1/clusters/" + CLUSTER, "").text() + "\n" + mesos.view(), late);
        }
    }

    private List<MesosView.TaskView> running() {
        return mesos.view().tasks().stream()
                .filter(task -> task.state().equals("TASK_RUNNING"))
                .toList();
    }

    /** It rises whenever another member becomes the primary. */
    private long epoch() {
        return api.get("/api/v1/clusters/" + CLUSTER).path("epoch").asLong();
    }

    @AfterAll
    void close() {
        writers.ifPresent(FleetWriters::close);
        schedulers.forEach(SchedulerProcess::kill);
        mesos.close();
        masters.close();
        zooKeeper.close();
    }

    @Test
    @Order(1)
    void whatIsShortIsSaidUntilALargerAgentComes() throws Exception {
        api.create(CLUSTER, 3);
        patiently()
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(waiting())
                        .singleElement()
                        .satisfies(place ->
                                assertThat(place.path("why").asString()).contains("1 has less than 512mb memory")));
        assertThat(api.state(CLUSTER)).isEqualTo("creating");

        mesos.addAgent(agent(3));
        awaitHealthy();
        writers =
                Optional.of(FleetWriters.begin(api, () -> schedulers.getFirst().url(), CLUSTER, folder));
    }

    private FleetWriters writers() {
        return writers.orElseThrow();
    }

    private List<JsonNode> waiting() {
        return api.instances(CLUSTER).stream()
                .map(instance -> instance.path("place"))
                .filter(place -> place.path("presence").asString().equals("waiting"))
                .toList();
    }

    @Test
    @Order(2)
    void aStandbyTakesOverAsTheSameFrameworkAndTheDatabasesDoNotNotice() {
        Map<String, Long> before = api.pids(CLUSTER);
        List<String> frameworks = mesos.view().frameworks();
        long epoch = epoch();
        killScheduler();
        awaitHealthy();
        writers().awaitWrites();

        assertThat(epoch()).isEqualTo(epoch);
        assertThat(api.pids(CLUSTER)).isEqualTo(before);
        assertThat(mesos.view().frameworks()).isEqualTo(frameworks).hasSize(1);
    }

    @Test
    @Order(3)
    void anotherMasterThatIsElectedIsFoundInZooKeeper() {
        Map<String, Long> before = api.pids(CLUSTER);
        List<String> frameworks = mesos.view().frameworks();
        String former = mesos.leader();
        long epoch = epoch();
        mesos.killMaster(0);
        patiently().until(() -> !mesos.leader().equals(former));
        patiently().untilAsserted(() -> {
            assertThat(running()).hasSize(3);
            assertThat(mesos.view().connectedFrameworks()).isEqualTo(frameworks);
        });
        writers().awaitWrites();

        assertThat(epoch()).isEqualTo(epoch);
        assertThat(api.pids(CLUSTER)).isEqualTo(before);
    }

    @Test
    @Order(4)
    void anInstanceWhoseAgentNeverComesBackIsReplacedAlsoWhenTheSchedulerIsKilledMeanwhile() {
        String victim = api.replicas(CLUSTER).getFirst().path("id").asString();
        Map<String, Long> others = new TreeMap<>(api.pids(CLUSTER));
        others.remove(victim);
        SimulatedAgent agent = MesosFleet.agentOf(mesos, victim);
        lostAgent = agent.id();
        mesos.addAgent(agent(4));
        Set<String> tasks = new HashSet<>(
                mesos.view().tasks().stream().map(MesosView.TaskView::id).toList());
        List<Long> containers = agent.containers();
        agent.kill();
        containers.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        writers().awaitWrites();

        patiently()
                .until(() -> mesos.view().tasks().stream()
                        .map(MesosView.TaskView::id)
                        .anyMatch(id -> !tasks.contains(id)));
        killScheduler();
        patiently()
                .until(() -> api.instances(CLUSTER).stream()
                        .noneMatch(instance -> instance.path("id").asString().equals(victim)));
        awaitHealthy();
        assertThat(api.instances(CLUSTER)).hasSize(3);
        assertThat(api.pids(CLUSTER)).containsAllEntriesOf(others);
        assertThat(running()).hasSize(3).noneMatch(task -> task.agent().equals(lostAgent));
        writers().assertNothingLost();
    }

    @Test
    @Order(5)
    void whatCottonDoesNotTakeIsOfferedToOthersWhoseReservationsItLeavesAlone() throws Exception {
        Set<String> taken = new HashSet<>();
        running().forEach(task -> taken.add(task.agent()));
        try (Probe other = new Probe(mesos.leader(), "")) {
            JsonNode offer = other.event(event -> taken.contains(agentOffered(event)))
                    .path("offers")
                    .path("offers")
                    .path(0);
            other.launch(offer, "theirs", LabExecutor.command(), "sleep 1000");
            other.update("theirs", "TASK_STARTING");
            other.update("theirs", "TASK_RUNNING");
            other.kill("theirs");
            other.update("theirs", "TASK_KILLED");
        }
        assertThat(mesos.view().volumes()).extracting(volume -> volume.id()).contains("vol-1");
    }

    private static String agentOffered(JsonNode event) {
        return event.path("offers")
                .path("offers")
                .path(0)
                .path("agent_id")
                .path("value")
                .asString("");
    }

    @Test
    @Order(6)
    void nothingIsLeftOfAPurgedClusterNotEvenOnTheAgentThatComesBackAfterAll() {
        api.delete(CLUSTER, true);
        patiently().until(() -> api.state(CLUSTER).equals("absent"));
        assertThat(mesos.view().reservations())
                .filteredOn(reservation -> reservation.agent().equals(lostAgent))
                .isNotEmpty();
        mesos.agents().stream().filter(agent -> agent.id().equals(lostAgent)).forEach(SimulatedAgent::start);

        patiently().untilAsserted(() -> {
            assertThat(mesos.view().volumes()).extracting(volume -> volume.id()).containsExactly("vol-1");
            assertThat(mesos.view().reservations())
                    .allSatisfy(theirs -> assertThat(theirs.labels()).containsEntry("instance", "w1"));
        });
        assertThat(running()).isEmpty();
    }
}
