package dev.cotton.mesos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cotton.cli.client.SchedulerAddress;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.fleet.Api;
import dev.cotton.scheduler.app.Scheduler;
import dev.cotton.scheduler.zookeeper.EmbeddedZooKeeper;
import dev.cotton.testing.executor.FreePorts;
import dev.cotton.testing.mesos.AgentOptions;
import dev.cotton.testing.mesos.MesosSimulator;
import dev.cotton.testing.mesos.SimulatedAgent;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** A ZooKeeper, some agents of a simulated Mesos that run real executors and databases, and a scheduler in this process. */
final class MesosFleet implements AutoCloseable {
    static final Duration LONG = Duration.ofMinutes(3);
    private static final int FIRST_PORT = 27_000;
    private static final int PORTS = 100;
    static final String USER = "nobody";

    private final Path folder;
    private final Path executor;
    private final EmbeddedZooKeeper zooKeeper;
    private final MesosSimulator mesos;
    private final int port = FreePorts.one();
    private final Api api = new Api(this::url);
    private Optional<Scheduler> scheduler = Optional.empty();

    MesosFleet(Path folder, Path executor) throws IOException {
        this(folder, executor, 3);
    }

    /** With so many agents, each in a rack of its own. */
    MesosFleet(Path folder, Path executor, int agents) throws IOException {
        this(
                folder,
                executor,
                IntStream.range(0, agents)
                        .mapToObj(agent -> AgentOptions.withPorts(
                                        FIRST_PORT + agent * PORTS, FIRST_PORT + (agent + 1) * PORTS - 1)
                                .withAttribute("rack", "r" + agent))
                        .toList());
    }

    MesosFleet(Path folder, Path executor, List<AgentOptions> agents) throws IOException {
        this.folder = folder;
        this.executor = executor;
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        this.zooKeeper = EmbeddedZooKeeper.start(folder.resolve("zookeeper"), 0);
        MesosSimulator.Builder builder = MesosSimulator.in(folder.resolve("mesos"));
        agents.forEach(builder::agent);
        this.mesos = builder.start();
        startScheduler();
    }

    MesosSimulator mesos() {
        return mesos;
    }

    /** A call of an operator, with apostrophes for quotation marks. */
    void operator(String call) {
        new Api(() -> "http://" + mesos.leader()).post("/api/v1", call.replace('\'', '"'));
    }

    Api api() {
        return api;
    }

    /** The same for all schedulers, one after the other. */
    String url() {
        return "http://127.0.0.1:" + port;
    }

    SchedulerClient client() {
        return new SchedulerClient(new SchedulerAddress(URI.create(url()), Optional.empty(), Optional.empty()));
    }

    /** The agent on which the task of that instance runs. */
    SimulatedAgent agentOf(String instance) {
        return agentOf(mesos, instance);
    }

    /** The agent of {@code mesos} on which the task of that instance runs. */
    static SimulatedAgent agentOf(MesosSimulator mesos, String instance) {
        String agent = mesos.view().tasks().stream()
                .filter(task -> task.id().startsWith("cotton-" + instance + "."))
                .filter(task -> task.state().equals("TASK_RUNNING"))
                .findFirst()
                .orElseThrow()
                .agent();
        return mesos.agents().stream()
                .filter(each -> each.id().equals(agent))
                .findFirst()
                .orElseThrow();
    }

    private Scheduler scheduler() {
        return scheduler.orElseThrow();
    }

    void stopScheduler() {
        scheduler().close();
    }

    void startScheduler() {
        startScheduler(false);
    }

    void startScheduler(boolean registerAnew) {
        FleetScheduler wanted = new FleetScheduler(
                zooKeeper.url().toString(), folder, mesos.leader(), executor, FleetScheduler.PATIENCE);
        scheduler = Optional.of(wanted.start(port, registerAnew));
        await().atMost(LONG).until(() -> api.state("nobody").equals("absent"));
    }

    void awaitState(String cluster, String state) {
        try {
            await().atMost(LONG)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> api.state(cluster).equals(state));
        } catch (RuntimeException late) {
            throw new AssertionError(
                    cluster + " is not " + state + ": "
                            + api.call("GET", "/api/v1/clusters/" + cluster, "").text() + "\n"
                            + mesos.view().tasks(),
                    late);
        }
    }

    /** A connection as the cluster's user. */
    Connection connect(String cluster, JsonNode instance) throws SQLException {
        String endpoint = instance.path("place").path("endpoints").path("mysql").asString();
        return DriverManager.getConnection(
                "jdbc:mysql://" + endpoint + "/?sslMode=REQUIRED&connectTimeout=3000&socketTimeout=20000",
                "app",
                api.password(cluster));
    }

    /** Whatever clusters there were: no volume, no reservation and no process of theirs is left. */
    void assertNothingLeft() {
        await().atMost(LONG).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            assertThat(mesos.view().volumes()).isEmpty();
            assertThat(mesos.view().reservations()).isEmpty();
            assertThat(mesos.agents())
                    .allSatisfy(agent -> assertThat(agent.containers()).isEmpty());
        });
    }

    @Override
    public void close() {
        scheduler().close();
        mesos.close();
        zooKeeper.close();
    }
}
