package dev.cotton.cli.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.cli.Documents;
import dev.cotton.cli.FakeScheduler;
import dev.cotton.cli.TestShell;
import dev.cotton.cli.machine.DataFolder;
import dev.cotton.cli.machine.Launcher;
import dev.cotton.cli.machine.ProcessIdentity;
import dev.cotton.cli.machine.RunningScheduler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code cotton up} and {@code cotton down} on a data folder that another process has the scheduler of. */
final class UpTest {
    private static final String CLUSTERS = "GET /api/v1/clusters";
    private static final String DEMO = "GET /api/v1/clusters/demo";
    private static final String OPERATION = "GET /api/v1/operations/op1";

    @TempDir
    private Path parent = Path.of("");

    private final FakeScheduler scheduler = new FakeScheduler();
    private final TestShell terminal = new TestShell();
    private Process holder = ProcessOf.none();

    @BeforeEach
    void haveASchedulerRunning() throws IOException {
        System.setProperty(Launcher.PROPERTY, "/opt/cotton/cotton");
        terminal.with("COTTON_DATA_DIR", folder().path().toString());
        holder = ProcessOf.holdingTheLock(folder());
        folder().write(new RunningScheduler(
                ProcessIdentity.of(holder.pid()).orElseThrow(),
                Instant.parse("2026-11-22T10:00:00Z"),
                Optional.of(scheduler.url()),
                Optional.empty(),
                Optional.empty(),
                folder().schedulerLog()));
    }

    @AfterEach
    void stop() {
        holder.destroyForcibly();
        scheduler.close();
        System.clearProperty(Launcher.PROPERTY);
    }

    private DataFolder folder() {
        return new DataFolder(parent.resolve("data")).create();
    }

    @Test
    void attachesToTheSchedulerThatRunsAndSaysSo() {
        scheduler
                .on(CLUSTERS, 503, Documents.problem("not-ready", "One is being elected."))
                .on(CLUSTERS, Documents.clusters())
                .on(DEMO, Documents.cluster("demo", "healthy"));

        assertThat(run("up", "demo", "--detach")).isZero();

        assertThat(terminal.err())
                .contains("A scheduler runs on " + folder().path() + " already (process " + holder.pid())
                .contains("One is being elected.", "demo is healthy");
        assertThat(terminal.out())
                .contains("demo is healthy: one primary and one replica, lossless.")
                .contains("address    127.0.0.1:23300 (the primary; user app)")
                .contains("mysql      /opt/cotton/cotton connect demo")
                .contains("dashboard  " + scheduler.url() + "/")
                .contains("kill -9 4242");
        assertThat(scheduler.routes()).allMatch(route -> route.startsWith("GET "));
    }

    @Test
    void createsTheClusterThatIsNotThere() {
        scheduler
                .on(CLUSTERS, Documents.clusters())
                .on(DEMO, 404, Documents.problem("not-found", "There is no cluster demo."))
                .on("POST /api/v1/clusters", 202, Documents.operation("create", "running", 0))
                .on(OPERATION, Documents.operation("create", "succeeded", 2))
                .on(DEMO, Documents.cluster("demo", "healthy"));

        assertThat(run("up", "demo", "--detach", "--instances=2")).isZero();

        assertThat(scheduler.requests())
                .extracting(FakeScheduler.Request::body)
                .contains("{\"name\":\"demo\",\"instances\":2}");
    }

    @Test
    void startsWhatWasStopped() {
        scheduler
                .on(CLUSTERS, Documents.clusters())
                .on(DEMO, Documents.cluster("demo", "stopped", "off", ""))
                .on("POST /api/v1/clusters/demo/start", 202, Documents.operation("start", "running", 0))
                .on(OPERATION, Documents.operation("start", "succeeded", 2))
                .on(DEMO, Documents.cluster("demo", "healthy"));

        assertThat(run("up", "demo", "--detach", "-o", "json")).isZero();

        JsonNode report = JsonMapper.shared().readTree(terminal.out());
        assertThat(report.at("/cluster/state").asString()).isEqualTo("healthy");
        assertThat(report.path("url").asString()).isEqualTo(scheduler.url().toString());
    }

    @Test
    void goesOnWithAnOperationThatIsUnderWay() {
        String operation = Documents.operation("restore", "running", 1);
        scheduler
                .on(CLUSTERS, Documents.clusters())
                .on(DEMO, Documents.cluster("demo", "creating", "on", operation))
                .on(OPERATION, operation)
                .on(OPERATION, Documents.operation("restore", "succeeded", 2))
                .on(DEMO, Documents.cluster("demo", "healthy"));

        assertThat(run("up", "demo", "--detach")).isZero();

        assertThat(terminal.err()).contains("Going on to restore demo ...", "Servers started");
    }

    @Test
    void saysWhyItIsNotHealthyInTime() {
        scheduler.on(CLUSTERS, Documents.clusters()).on(DEMO, Documents.cluster("demo", "blocked"));

        assertThat(run("up", "demo", "--detach", "--timeout", "0s")).isEqualTo(6);

        assertThat(terminal.err()).contains("demo is not healthy after 0.0 s. It is blocked: It is blocked.");
    }

    @Test
    void downStopsTheProcessOfTheNote() throws InterruptedException {
        assertThat(run("down")).isZero();

        assertThat(holder.waitFor(0, TimeUnit.SECONDS)).isTrue();
        assertThat(terminal.err()).contains("The scheduler has stopped");
        assertThat(scheduler.requests()).isEmpty();

        assertThat(run("down")).isZero();
        assertThat(terminal.out()).isEqualTo("No scheduler runs on the data folder " + folder().path() + ".\n");
    }

    @Test
    void downAllStopsTheDatabasesFirstAndTheNextUpStartsThem() throws IOException {
        scheduler
                .on(
                        CLUSTERS,
                        Documents.clusters(
                                Documents.cluster("demo", "healthy"),
                                Documents.cluster("asleep", "stopped", "off", "")))
                .on("POST /api/v1/clusters/demo/stop", 202, Documents.operation("stop", "running", 0))
                .on(OPERATION, Documents.operation("stop", "succeeded", 2));

        assertThat(run("down", "--all", "-o", "json")).isZero();

        JsonNode document = JsonMapper.shared().readTree(terminal.out());
        assertThat(document.path("clustersStopped").valueStream().map(JsonNode::asString))
                .containsExactly("demo");
        assertThat(document.path("schedulerStopped").asBoolean()).isTrue();
        assertThat(holder.isAlive()).isFalse();

        haveASchedulerRunning();
        scheduler
                .on(DEMO, Documents.cluster("demo", "stopped", "off", ""))
                .on("POST /api/v1/clusters/demo/start", 202, Documents.operation("start", "running", 0));
        assertThat(run("up", "--detach")).isZero();
        assertThat(scheduler.routes()).contains("POST /api/v1/clusters/demo/start");

        int asked = scheduler.requests().size();
        assertThat(run("up", "--detach")).isZero();
        assertThat(scheduler.routes().subList(asked, scheduler.routes().size()))
                .containsOnly(CLUSTERS);
    }

    @Test
    void downDoesNotTakeAnotherProcessForTheScheduler() {
        ProcessIdentity real = ProcessIdentity.of(holder.pid()).orElseThrow();
        folder().write(new RunningScheduler(
                new ProcessIdentity(real.pid(), real.startTicks() - 1, real.bootId()),
                Instant.EPOCH,
                Optional.of(scheduler.url()),
                Optional.empty(),
                Optional.empty(),
                folder().schedulerLog()));

        assertThat(run("down")).isZero();

        assertThat(holder.isAlive()).isTrue();
    }

    @Test
    void theFolderOfTheNoteIsWhereOtherCommandsFindTheScheduler() {
        scheduler.on(CLUSTERS, Documents.clusters());

        assertThat(run("list")).isZero();

        assertThat(terminal.out()).isEqualTo("There are no clusters. Create one with: cotton create <name>\n");
    }

    private int run(String... arguments) {
        return TestCommands.run(terminal, arguments);
    }

    /** A process that has the lock on a data folder. */
    static final class ProcessOf {
        private ProcessOf() {}

        static Process none() {
            return ended(new ProcessBuilder("true"));
        }

        static Process holdingTheLock(DataFolder folder) throws IOException {
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            HoldsTheLock.class.getName(),
                            folder.path().toString()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            assertThat(process.getInputStream().read()).isEqualTo('!');
            return process;
        }

        private static Process ended(ProcessBuilder builder) {
            try {
                return builder.start();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Says {@code !} once it has the lock on the folder that it is given, and then waits to be ended. */
    static final class HoldsTheLock {
        private HoldsTheLock() {}

        public static void main(String[] arguments) throws InterruptedException {
            DataFolder.Held held = new DataFolder(Path.of(arguments[0])).lock().orElseThrow();
            System.out.write('!');
            System.out.flush();
            Thread.sleep(TimeUnit.MINUTES.toMillis(5));
            held.close();
        }
    }
}
