package dev.cotton.mesos;

import static org.awaitility.Awaitility.await;

import dev.cotton.core.wire.MesosTask;
import dev.cotton.fleet.Api;
import dev.cotton.mysql.TestMysql;
import dev.cotton.scheduler.app.EngineSettings;
import dev.cotton.scheduler.app.Scheduler;
import dev.cotton.scheduler.app.SchedulerSettings;
import dev.cotton.scheduler.engine.mesos.MesosSettings;
import dev.cotton.scheduler.engine.mesos.MesosSettings.Patience;
import dev.cotton.scheduler.engine.mesos.master.MasterAddress;
import dev.cotton.scheduler.rest.RestSettings;
import dev.cotton.scheduler.zookeeper.EmbeddedZooKeeper;
import dev.cotton.testing.mesos.AgentOptions;
import dev.cotton.testing.mesos.MesosSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A ZooKeeper, three agents of a simulated Mesos that run real executors and databases, and a scheduler in this process. */
final class MesosFleet implements AutoCloseable {
    static final Duration LONG = Duration.ofMinutes(3);
    private static final int FIRST_PORT = 27_000;
    private static final int PORTS = 100;
    private static final String USER = "nobody";

    private final Path folder;
    private final Path executor;
    private final EmbeddedZooKeeper zooKeeper;
    private final MesosSimulator mesos;
    private final Api api = new Api(() -> scheduler().url());
    private Optional<Scheduler> scheduler = Optional.empty();

    MesosFleet(Path folder, Path executor) throws IOException {
        this.folder = folder;
        this.executor = executor;
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        this.zooKeeper = EmbeddedZooKeeper.start(folder.resolve("zookeeper"), 0);
        MesosSimulator.Builder builder = MesosSimulator.in(folder.resolve("mesos"));
        for (int agent = 0; agent < 3; agent++) {
            int first = FIRST_PORT + agent * PORTS;
            builder.agent(AgentOptions.withPorts(first, first + PORTS - 1).withAttribute("rack", "r" + agent));
        }
        this.mesos = builder.start();
        startScheduler();
    }

    MesosSimulator mesos() {
        return mesos;
    }

    Api api() {
        return api;
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
        scheduler = Optional.of(Scheduler.start(settings(registerAnew), () -> {
            throw new IllegalStateException("Nothing runs on this machine by itself.");
        }));
        await().atMost(LONG).until(() -> api.state("nobody").equals("absent"));
    }

    private SchedulerSettings settings(boolean registerAnew) {
        MesosSettings settings = new MesosSettings(
                USER,
                MesosSettings.ORDINARY_ROLE,
                Optional.of("cotton"),
                Duration.ofDays(14),
                true,
                List.of(),
                new MesosSettings.ExecutorCommand(
                        List.of(), List.of(), "exec ./cotton-executor/bin/cotton-executor", Map.of()),
                new MesosTask.Host(Optional.of(TestMysql.home().toString())),
                "cotton",
                Optional.empty(),
                registerAnew,
                new Patience(
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(2)));
        return new SchedulerSettings(
                zooKeeper.url().toString(),
                folder.resolve("keyring"),
                true,
                Duration.ofDays(7),
                RestSettings.local(0),
                new EngineSettings.Mesos(
                        settings,
                        MasterAddress.parse(mesos.leader()),
                        Optional.empty(),
                        Optional.empty(),
                        new EngineSettings.Served(List.of(executor), List.of(), "127.0.0.1", 0, "127.0.0.1")),
                "test");
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

    @Override
    public void close() {
        scheduler().close();
        mesos.close();
        zooKeeper.close();
    }
}
