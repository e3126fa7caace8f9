package dev.cotton.fleet;

import static org.awaitility.Awaitility.await;

import dev.cotton.core.wire.InstanceFolder;
import dev.cotton.core.wire.ProcessFile;
import dev.cotton.scheduler.engine.local.placement.Host;
import dev.cotton.scheduler.zookeeper.EmbeddedZooKeeper;
import dev.cotton.testing.executor.FreePorts;
import dev.cotton.testing.executor.SharedTemplates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A ZooKeeper that outlives every scheduler, schedulers that can be killed, and their instances, in a folder that
 * vanishes with everything that runs in it.
 */
public final class TestFleet implements AutoCloseable {
    public static final Duration LONG = Duration.ofMinutes(2);
    private static final int PORTS = 25_000;
    private static final int PORTS_A_FLEET = 200;
    private static final SharedTemplates TEMPLATES = new SharedTemplates();
    private static int fleets;

    private final Path folder;
    private final EmbeddedZooKeeper zooKeeper;
    private final List<SchedulerProcess> schedulers = new ArrayList<>();
    private final int firstPort;
    private final List<Host> hosts;
    private final List<String> launchPrefix;
    private String root = "";
    private final Api api = new Api(() -> schedulers.getLast().url());

    public TestFleet() {
        this(List.of(), List.of());
    }

    /**
     * @param hosts of the engine; none means this machine
     * @param launchPrefix put before the command of every scheduler
     */
    public TestFleet(List<Host> hosts, List<String> launchPrefix) {
        this.hosts = hosts;
        this.launchPrefix = launchPrefix;
        try {
            folder = Files.createTempDirectory("cotton-fleet-");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.createDirectory(data());
            Files.createDirectory(backups());
            Files.setPosixFilePermissions(backups(), PosixFilePermissions.fromString("rwxrwxrwx"));
            TEMPLATES.bring(templates());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        firstPort = PORTS + PORTS_A_FLEET * (fleets++ % 20);
        zooKeeper = EmbeddedZooKeeper.start(folder.resolve("zookeeper"), 0);
    }

    public static TestFleet started() {
        return new TestFleet().start();
    }

    /** Waits until a first scheduler leads. */
    public TestFleet start() {
        startScheduler();
        awaitLeader();
        return this;
    }

    public Path data() {
        return folder.resolve("data");
    }

    /** The store that its schedulers keep backups in. */
    public Path backups() {
        return folder.resolve("backups");
    }

    private Path templates() {
        return data().resolve("templates");
    }

    public String zkUrl() {
        return zooKeeper.url() + root;
    }

    String zkServers() {
        return "127.0.0.1:" + zooKeeper.port();
    }

    /** The key of all its schedulers. */
    Path keyFile() {
        return folder.resolve("keyring");
    }

    /** Schedulers that are started from now on find nothing of what others have written. */
    void loseState() {
        root += "/another";
    }

    public Api api() {
        return api;
    }

    /** Calls go to the scheduler that was started last. */
    public SchedulerProcess startScheduler() {
        int port = FreePorts.one();
        List<String> arguments = new ArrayList<>(
                List.of(zkUrl(), data().toString(), Integer.toString(port), Integer.toString(firstPort), "P7D"));
        hosts.stream().map(SchedulerMain::argument).forEach(arguments::add);
        SchedulerProcess started =
                SchedulerProcess.start(launchPrefix, arguments, port, folder.resolve("scheduler.log"));
        schedulers.add(started);
        return started;
    }

    public SchedulerProcess scheduler() {
        return schedulers.getLast();
    }

    public void awaitLeader() {
        await().atMost(LONG).until(() -> api.state("nobody").equals("absent"));
    }

    public void awaitState(String cluster, String state) {
        try {
            await().atMost(LONG)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> api.state(cluster).equals(state));
        } catch (RuntimeException late) {
            throw new AssertionError(cluster + " is not " + state + ": " + why(cluster) + "\n" + logTail(), late);
        }
    }

    /** Waits for a state, and gives all that were seen on the way. */
    Set<String> statesUntil(String cluster, String state) {
        Set<String> seen = new LinkedHashSet<>();
        await().atMost(LONG)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    seen.add(api.state(cluster));
                    return seen.contains(state);
                });
        return seen;
    }

    private String why(String cluster) {
        try {
            return api.call("GET", "/api/v1/clusters/" + cluster, "").text();
        } catch (RuntimeException silent) {
            return "no answer";
        }
    }

    private String logTail() {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("scheduler.log"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return "no log";
        }
    }

    public void create(String cluster, int instances) {
        api.create(cluster, instances);
        awaitState(cluster, "healthy");
    }

    /** A connection as the cluster's user, its server verified. */
    public Connection connect(String cluster, JsonNode instance) throws SQLException {
        String endpoint = instance.path("place").path("endpoints").path("mysql").asString();
        return DriverManager.getConnection(
                "jdbc:mysql://" + endpoint + "/?sslMode=REQUIRED&connectTimeout=3000&socketTimeout=20000",
                "app",
                api.password(cluster));
    }

    /** The pid of an instance's executor. */
    public long executor(String instance) {
        return process(instance, InstanceFolder.EXECUTOR_PROCESS).pid();
    }

    public ProcessFile process(String instance, String name) {
        Path file = data().resolve("instances")
                .resolve(instance)
                .resolve(InstanceFolder.PROCESSES)
                .resolve(name);
        try {
            return JsonMapper.builder().build().readValue(Files.readString(file), ProcessFile.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends everything that runs below the folder: by pid, those first that start others. */
    @Override
    public void close() throws IOException {
        schedulers.stream().filter(SchedulerProcess::alive).forEach(SchedulerProcess::kill);
        zooKeeper.close();
        for (String kind : List.of(
                InstanceFolder.EXECUTOR_PROCESS, InstanceFolder.KEEPER_PROCESS, InstanceFolder.MYSQLD_PROCESS)) {
            for (Path file : files(kind)) {
                ProcessFile process = JsonMapper.builder().build().readValue(Files.readString(file), ProcessFile.class);
                ProcessHandle.of(process.pid())
                        .filter(handle -> handle.info().commandLine().orElse("").contains(folder.toString())
                                || commandLine(process.pid()).contains(folder.toString()))
                        .ifPresent(handle -> {
                            handle.destroyForcibly();
                            handle.onExit().join();
                        });
            }
        }
        TEMPLATES.keep(templates());
        ControlGroups.removeOf(data());
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
        } catch (IOException gone) {
            return "";
        }
    }

    private List<Path> files(String kind) throws IOException {
        if (!Files.isDirectory(data())) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(data(), 5)) {
            return all.filter(path -> path.getFileName().toString().equals(kind))
                    .toList();
        }
    }
}
