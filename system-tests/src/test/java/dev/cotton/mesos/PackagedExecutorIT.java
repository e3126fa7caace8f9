package dev.cotton.mesos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cotton.core.model.Durability;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Ports;
import dev.cotton.core.model.Resources;
import dev.cotton.core.model.Stamp;
import dev.cotton.core.wire.Assignment;
import dev.cotton.core.wire.MesosTask;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Setup;
import dev.cotton.core.wire.Status;
import dev.cotton.mysql.TestMysql;
import dev.cotton.testing.executor.ExecutorCalls;
import dev.cotton.testing.executor.FreePorts;
import dev.cotton.testing.executor.PlayedAgent;
import dev.cotton.testing.executor.TestAuthority;
import dev.cotton.testing.executor.TestExecutor;
import dev.cotton.testing.executor.TestInstances;
import dev.cotton.testing.executor.TestSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The package of the executor in a sandbox, with a real mysqld, under an agent that is played. */
final class PackagedExecutorIT {
    private static final InstanceId INSTANCE = InstanceId.parse("demo-0");
    private static final String TASK = "cotton-demo-0";
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long MOST_RSS_KB = Resources.EXECUTOR_MEM.bytes() / 1024;

    @TempDir
    private static Path forAll;

    private static Path tarball;

    @TempDir
    private Path temporary;

    private final PlayedAgent agent = new PlayedAgent();
    private final Ports ports = FreePorts.onLoopback();
    private Path home;
    private TestAuthority authority;
    private ExecutorCalls scheduler;
    private TestSandbox sandbox;

    @BeforeAll
    static void pack() throws IOException, InterruptedException {
        tarball = ExecutorPackage.make(forAll);
    }

    @BeforeEach
    void prepare() throws IOException {
        home = Files.createDirectory(temporary.resolve("agent"));
        authority = new TestAuthority(Files.createDirectory(temporary.resolve("authority")));
        scheduler = new ExecutorCalls(ports.executorEndpoint(), authority.client("cotton-scheduler"));
        sandbox = new TestSandbox(home, tarball);
    }

    @AfterEach
    void end() {
        sandbox.close();
        agent.close();
    }

    private void launch(Map<String, String> variables) {
        launch(variables, onHost(), TestSandbox.VOLUME);
    }

    private static MesosTask.MysqlSource onHost() {
        return new MesosTask.Host(Optional.of(TestMysql.home().toString()));
    }

    private void launch(Map<String, String> variables, MesosTask.MysqlSource mysql, String place) {
        sandbox.start(agent, variables);
        agent.await("SUBSCRIBE");
        agent.send(PlayedAgent.launch(TASK, TestSandbox.data(INSTANCE, ports, mysql, place), _ -> {}));
        agent.awaitUpdate("TASK_STARTING");
        agent.awaitUpdate("TASK_RUNNING");
    }

    private Status primary() {
        scheduler.enrol(authority, TestExecutor.TOKEN);
        awaitStatus(status -> true);
        scheduler.setup(new Setup(
                new Stamp(1, 1, 1),
                0,
                Durability.LOSSLESS,
                Map.of(),
                new Setup.Accounts(TestInstances.USER, TestInstances.PASSWORD, TestInstances.ROOT),
                new Setup.Template()));
        Stamp stamp = new Stamp(1, 1, 2);
        scheduler.assign(new Assignment(stamp, new Role.Primary(0, Set.of(), false)));
        return awaitStatus(status -> status.establishedAt(stamp));
    }

    private Status awaitStatus(Predicate<Status> wanted) {
        return await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(scheduler::status, wanted);
    }

    private static ProcessHandle mysqld(Status status) {
        return ProcessHandle.of(status.usage().processId().orElseThrow()).orElseThrow();
    }

    @Test
    void aTaskRunsThroughAnAgentsRestartUntilItIsKilledAndItsDataGoOnInTheNext() throws Exception {
        launch(Map.of());
        ProcessHandle mysqld = mysqld(primary());
        assertThat(session(mysqld.pid())).isEqualTo(session(sandbox.process().pid()));
        assertThat(residentKilobytes(sandbox.process().pid())).isLessThan(MOST_RSS_KB);

        agent.stop();
        agent.start();
        JsonNode again = agent.await("SUBSCRIBE").path("subscribe");
        assertThat(again.path("unacknowledged_updates")).isEmpty();
        assertThat(mysqld(awaitStatus(status -> true))).isEqualTo(mysqld);

        Status before = scheduler.status();
        agent.send(PlayedAgent.kill(TASK));
        agent.awaitUpdate("TASK_KILLED");
        assertThat(mysqld.isAlive()).isFalse();
        assertThat(sandbox.exitCode()).as(sandbox.log()).isZero();
        assertThat(mysqldLog()).contains("Shutdown complete");
        assertThat(sandbox.log()).doesNotContain(TestExecutor.TOKEN, TestInstances.ROOT, TestInstances.PASSWORD);
        sandboxIsWithoutTheToken();

        sandbox.close();
        sandbox = new TestSandbox(home, tarball);
        launch(Map.of());
        Status after = awaitStatus(status -> status.incarnation().isPresent());
        assertThat(after.incarnation()).isEqualTo(before.incarnation());
    }

    @Test
    void withoutAnAgentForTooLongMysqldIsStoppedAndThenTheExecutorEnds() throws Exception {
        launch(Map.of("MESOS_RECOVERY_TIMEOUT", "1secs"));
        ProcessHandle mysqld = mysqld(primary());
        agent.stop();
        assertThat(sandbox.exitCode()).as(sandbox.log()).isEqualTo(1);
        assertThat(mysqld.isAlive()).isFalse();
        assertThat(mysqldLog()).contains("Shutdown complete");
    }

    @Test
    void withoutAVolumeDataAreInTheSandboxHoweverLongItsPathIsAndAShutdownEndsMysqldFirst() throws Exception {
        launch(Map.of(), onHost(), TestSandbox.SCRATCH);
        ProcessHandle mysqld = mysqld(primary());
        Path socket = sandbox.folder().resolve("scratch/instance/run/mysqld.sock");
        assertThat(socket.toString()).hasSizeGreaterThan(165);
        assertThat(socket).exists();
        agent.send("{\"type\":\"SHUTDOWN\"}");
        agent.awaitUpdate("TASK_KILLED");
        assertThat(mysqld.isAlive()).isFalse();
        assertThat(sandbox.exitCode()).as(sandbox.log()).isZero();
    }

    @Test
    void aMysqldThatHangsIsKilledWhenItsGraceIsOver() throws Exception {
        launch(Map.of());
        ProcessHandle mysqld = mysqld(primary());
        run("kill", "-STOP", Long.toString(mysqld.pid()));
        agent.send("{\"type\":\"KILL\",\"kill\":{\"task_id\":{\"value\":\"" + TASK + "\"},"
                + "\"kill_policy\":{\"grace_period\":{\"nanoseconds\":3000000000}}}}");
        long begun = System.nanoTime();
        agent.awaitUpdate("TASK_KILLED");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(9));
        assertThat(mysqld.isAlive()).isFalse();
        assertThat(sandbox.exitCode()).as(sandbox.log()).isZero();
    }

    @Test
    void anArchiveIsUnpackedOnceForAllSandboxesOfAnAgent() throws Exception {
        Path fetched = sandbox.folder().resolve("mysql.tar");
        run("tar", "-C", TestMysql.home().toString(), "-cf", fetched.toString(), ".");
        String sha256 = run("sha256sum", fetched.toString()).substring(0, 64);
        MesosTask.MysqlSource archive = new MesosTask.Archive("mysql.tar", sha256);
        launch(Map.of(), archive, TestSandbox.VOLUME);
        assertThat(fetched).doesNotExist();
        agent.send(PlayedAgent.kill(TASK));
        assertThat(sandbox.exitCode()).as(sandbox.log()).isZero();

        sandbox.close();
        sandbox = new TestSandbox(home, tarball);
        launch(Map.of(), archive, TestSandbox.VOLUME);
        assertThat(home.resolve("shared/mysql")).isDirectoryContaining("glob:**-archive-*");
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void aTaskThatWaitsToBeEnrolledIsKilledAtOnce() throws Exception {
        launch(Map.of());
        agent.send(PlayedAgent.kill(TASK));
        agent.awaitUpdate("TASK_KILLED");
        assertThat(sandbox.exitCode()).as(sandbox.log()).isZero();
    }

    @Test
    void aTaskOfSomebodyElseFailsAndSaysWhy() throws Exception {
        sandbox.start(agent, Map.of());
        agent.await("SUBSCRIBE");
        agent.send(PlayedAgent.launch(TASK, new byte[] {'{', '}'}, _ -> {}));
        assertThat(agent.awaitUpdate("TASK_FAILED").path("message").asString()).startsWith("data:");
        assertThat(sandbox.exitCode()).as(sandbox.log()).isZero();
    }

    private String mysqldLog() throws IOException {
        return Files.readString(home.resolve("volumes/roles/cotton/data/instance/log/mysqld.log"));
    }

    private void sandboxIsWithoutTheToken() throws IOException {
        try (Stream<Path> files = Files.list(sandbox.folder())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).doesNotContain(TestExecutor.TOKEN);
            }
        }
    }

    private static String session(long process) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process + "/stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[3];
    }

    private static long residentKilobytes(long process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }
}
