package dev.cotton.scheduler.engine.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.PlacementSpec;
import dev.cotton.core.model.Resources;
import dev.cotton.core.port.Engine.Disposal;
import dev.cotton.core.port.Engine.InstanceSpec;
import dev.cotton.core.port.Engine.Place;
import dev.cotton.core.port.Engine.Presence;
import dev.cotton.core.wire.ExecutorConfig;
import dev.cotton.core.wire.ExecutorConfig.Programs;
import dev.cotton.core.wire.ProcessFile;
import dev.cotton.scheduler.engine.local.PlacedInstance.Goal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What only an engine of processes and folders has to do. */
final class LocalEngineTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final InstanceId ID = new InstanceId(new ClusterName("demo"), 0);
    private static final String TOKEN = "dGhlIHNlY3JldCB0b2tlbg==";
    private static final InstanceSpec SPEC =
            new InstanceSpec(ID, "uid-of-demo", Resources.ORDINARY, PlacementSpec.ORDINARY, TOKEN);

    private final LocalBench bench = new LocalBench(LocalBench.hosts(1));

    @BeforeEach
    void seeThatNothingRuns() {
        assertThat(bench.everything()).isEmpty();
    }

    @AfterEach
    void closeBench() {
        bench.close();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
    }

    private Place awaitPresence(Presence presence) {
        return soon().until(
                        () -> Optional.ofNullable(bench.engine().observe().get(ID)),
                        place -> place.filter(now -> now.presence() == presence).isPresent())
                .orElseThrow();
    }

    private void awaitQuiet() {
        soon().until(() -> Optional.ofNullable(bench.engine().observe().get(ID))
                .filter(place -> place.why().isEmpty())
                .isPresent());
    }

    private Place awaitWhy(String part) {
        return soon().until(
                        () -> Optional.ofNullable(bench.engine().observe().get(ID)),
                        place -> place.filter(now -> now.why().contains(part)).isPresent())
                .orElseThrow();
    }

    private ProcessFile awaitProcess(String file) {
        return soon().until(() -> bench.process(ID, file), Optional::isPresent).orElseThrow();
    }

    /** Applies it and waits for executor, stand-in for mysqld, and data. */
    private void run() {
        bench.engine().apply(SPEC);
        awaitPresence(Presence.RUNNING);
        awaitProcess("executor.json");
        awaitProcess("mysqld.json");
        soon().until(() -> bench.data(ID).isPresent());
    }

    private Path quarantine() {
        return bench.root.resolve("data/quarantine").resolve(SPEC.cluster());
    }

    private static String procFile(ProcessFile process, String name) {
        return LocalBench.read(Path.of("/proc", Long.toString(process.pid()), name));
    }

    @Test
    void anExecutorIsToldItsPlaceByAPrivateFile() throws IOException {
        run();
        Path file = bench.home(ID).resolve("config.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bench.home(ID))))
                .isEqualTo("rwx------");
        ExecutorConfig config = JSON.readValue(file.toFile(), ExecutorConfig.class);
        assertThat(config)
                .isEqualTo(new ExecutorConfig(
                        ID,
                        bench.home(ID).toString(),
                        bench.root.resolve("data/templates").toString(),
                        Optional.of(quarantine().toString()),
                        new Programs("/bin/true", "/bin/true", "/bin/true"),
                        awaitPresence(Presence.RUNNING).ports().orElseThrow(),
                        Resources.ORDINARY,
                        TOKEN));
    }

    @Test
    void whatIsSavedOfAClusterGoesWithItsLastInstance() throws IOException {
        InstanceId replacement = new InstanceId(ID.cluster(), 1);
        Path saved = Files.createDirectories(quarantine().resolve("20261122T101530Z-demo-0"));
        Files.setPosixFilePermissions(quarantine(), PosixFilePermissions.fromString("rwxrwxrwx"));
        run();
        bench.engine()
                .apply(new InstanceSpec(
                        replacement, SPEC.cluster(), Resources.ORDINARY, PlacementSpec.ORDINARY, TOKEN));
        soon().until(() -> bench.data(replacement).isPresent());

        bench.engine().release(ID, Disposal.DESTROY);
        soon().until(() -> !bench.engine().observe().containsKey(ID));
        assertThat(bench.home(ID)).doesNotExist();
        assertThat(saved).exists();

        bench.engine().release(replacement, Disposal.DESTROY);
        soon().until(() -> bench.engine().observe().isEmpty());
        assertThat(quarantine()).doesNotExist();
    }

    @Test
    void noSecretIsInArgumentsOrEnvironment() {
        run();
        ProcessFile executor = awaitProcess("executor.json");
        assertThat(procFile(executor, "cmdline"))
                .contains("dev.cotton.executor.app.ExecutorApp")
                .doesNotContain(TOKEN);
        assertThat(procFile(executor, "environ"))
                .contains("COTTON_INSTANCE_FOLDER")
                .doesNotContain(TOKEN);
    }

    @Test
    void anExecutorLeadsASessionOfItsOwnWithoutRights() throws IOException {
        run();
        ProcessFile executor = awaitProcess("executor.json");
        int sessionField = 6;
        assertThat(procFile(executor, "stat").split(" ", -1)[sessionField - 1])
                .isEqualTo(Long.toString(executor.pid()));
        int owner = (Integer) Files.getAttribute(Path.of("/proc", Long.toString(executor.pid())), "unix:uid");
        assertThat(owner).isNotZero();
        if (root()) {
            assertThat(procFile(executor, "status"))
                    .containsPattern("NoNewPrivs:\\s*1")
                    .containsPattern("CapBnd");
            assertThat(procFile(executor, "status")).containsPattern("CapPrm:\\s*0000000000000000");
        }
    }

    private static boolean root() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    @Test
    void anAdoptedExecutorThatCrashesIsStartedAgain() {
        run();
        ProcessFile mysqld = awaitProcess("mysqld.json");
        bench.reopen();
        String executor = bench.executor(ID).orElseThrow();
        bench.crash(ID);
        soon().until(() ->
                bench.executor(ID).filter(now -> !now.equals(executor)).isPresent());
        assertThat(awaitProcess("mysqld.json")).isEqualTo(mysqld);
    }

    @Test
    void executorsAreStartedAgainAfterAReboot() throws IOException {
        run();
        bench.engine().close();
        bench.kill(awaitProcess("executor.json"));
        bench.kill(awaitProcess("mysqld.json"));
        ProcessFile another = new ProcessFile(ProcessHandle.current().pid(), 1, "another-boot");
        Path file = bench.home(ID).resolve("processes/executor.json");
        Files.write(file, JSON.writeValueAsBytes(another));
        bench.reopen();
        awaitProcess("executor.json");
        awaitProcess("mysqld.json");
        assertThat(awaitPresence(Presence.RUNNING).why()).isEmpty();
    }

    @Test
    void anotherProcessWithTheFormerNumberIsNeitherAdoptedNorKilled() throws Exception {
        run();
        bench.engine().close();
        bench.crash(ID);
        Process bystander = new ProcessBuilder("sleep", "1000").start();
        try {
            ProcessFile former = new ProcessFile(bystander.pid(), 1, bootId());
            Files.write(bench.home(ID).resolve("processes/executor.json"), JSON.writeValueAsBytes(former));
            Files.write(bench.home(ID).resolve("processes/keeper.json"), JSON.writeValueAsBytes(former));
            bench.reopen();
            assertThat(awaitProcess("executor.json").pid()).isNotEqualTo(bystander.pid());
            bench.engine().release(ID, Disposal.DESTROY);
            soon().until(() -> bench.engine().observe().isEmpty());
            assertThat(bystander.isAlive()).isTrue();
        } finally {
            bystander.destroyForcibly().waitFor();
        }
    }

    private static String bootId() {
        return LocalBench.read(Path.of("/proc/sys/kernel/random/boot_id"));
    }

    @Test
    void aReleaseEndsEverythingThatTheInstanceHasStarted() {
        bench.have("stray");
        run();
        ProcessFile mysqld = awaitProcess("mysqld.json");
        soon().until(() -> bench.everything().size() >= 3);
        bench.engine().release(ID, Disposal.KEEP);
        awaitPresence(Presence.BINNED);
        assertThat(bench.runs(mysqld)).isFalse();
        assertThat(bench.everything()).isEmpty();
    }

    @Test
    void anExecutorThatDoesNotListenIsKilled() {
        bench.have("stubborn");
        run();
        bench.engine().release(ID, Disposal.KEEP);
        awaitPresence(Presence.BINNED);
        assertThat(bench.everything()).isEmpty();
    }

    @Test
    void aCrashLoopSaysHowItEndsAndEndsWhenItsCauseDoes() {
        bench.have("fail");
        bench.engine().apply(SPEC);
        Place place = awaitWhy("its executor ended with code 3");
        assertThat(place.presence()).isEqualTo(Presence.RUNNING);
        assertThat(LocalBench.read(bench.home(ID).resolve("executor.out"))).contains("told to fail");
        bench.haveNot("fail");
        awaitProcess("executor.json");
        awaitQuiet();
    }

    @Test
    void dataThatAreGoneFromAFolderThatIsThereAreLost() throws IOException {
        run();
        Path data = bench.home(ID).resolve("data");
        soon().until(() -> Files.exists(bench.root.resolve("data/notes/demo-0.had-data")));
        Files.delete(data.resolve("rows"));
        Files.delete(data);
        awaitPresence(Presence.LOST);
        assertThat(bench.everything()).isEmpty();
        bench.reopen();
        awaitPresence(Presence.LOST);
    }

    @Test
    void aFolderThatNobodyKnowsIsLeftAlone() throws IOException {
        Path stranger = Files.createDirectories(bench.home(ID).resolve("data"));
        Files.writeString(stranger.resolve("rows"), "precious");
        bench.engine().apply(SPEC);
        Place place = awaitWhy("no record says whose it is");
        assertThat(place.presence()).isEqualTo(Presence.WAITING);
        assertThat(bench.data(ID)).contains("precious");
    }

    @Test
    void anotherDataFolderIsNotTakenForLostData() throws IOException {
        run();
        bench.engine().close();
        Path data = bench.root.resolve("data");
        Path unmounted = Files.move(data, bench.root.resolve("unmounted"));
        bench.reopen();
        assertThat(awaitPresence(Presence.UNREACHABLE).why()).contains("another disk mounted");
        bench.engine().release(ID, Disposal.DESTROY);
        bench.engine().close();
        try (var made = Files.walk(data)) {
            made.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
        Files.move(unmounted, data);
        assertThat(bench.data(ID)).isPresent();
        bench.reopen();
        awaitPresence(Presence.RUNNING);
    }

    @Test
    void aDataFolderThatIsUnmountedUnderItIsNotTakenForLostData() throws IOException {
        run();
        Path data = bench.root.resolve("data");
        Files.move(data, bench.root.resolve("unmounted"));
        assertThat(awaitPresence(Presence.UNREACHABLE).why()).contains("disk");
        Files.move(bench.root.resolve("unmounted"), data);
        awaitPresence(Presence.RUNNING);
    }

    @Test
    void withoutMysqlAnInstanceWaitsAndSaysSo() {
        bench.programs = () -> {
            throw new IllegalStateException("There is no MySQL here.");
        };
        bench.engine().apply(SPEC);
        awaitWhy("There is no MySQL here.");
        awaitPresence(Presence.WAITING);
        bench.programs = () -> new Programs("/bin/true", "/bin/true", "/nowhere/mysqlbinlog");
        awaitWhy("/nowhere/mysqlbinlog");
    }

    @Test
    void mysqlIsAskedForOnce() {
        int[] asked = {0};
        bench.programs = () -> {
            asked[0]++;
            return new Programs("/bin/true", "/bin/true", "/bin/true");
        };
        run();
        bench.engine()
                .apply(new InstanceSpec(
                        new InstanceId(ID.cluster(), 1),
                        "uid-of-demo",
                        Resources.ORDINARY,
                        PlacementSpec.ORDINARY,
                        TOKEN));
        soon().until(() ->
                bench.engine().observe().values().stream().allMatch(place -> place.presence() == Presence.RUNNING));
        assertThat(asked[0]).isEqualTo(1);
    }

    @Test
    void aDeposedEngineTouchesNothing() {
        run();
        ProcessFile executor = awaitProcess("executor.json");
        bench.records.depose(true);
        bench.engine().release(ID, Disposal.DESTROY);
        soon().until(() -> bench.records.refused() > 0);
        bench.engine().close();
        assertThat(bench.runs(executor)).isTrue();
        assertThat(bench.data(ID)).isPresent();
        assertThatThrownBy(() -> bench.engine().apply(SPEC)).hasMessageContaining("leads no longer");
        bench.records.depose(false);
        bench.reopen();
        awaitPresence(Presence.RUNNING);
    }

    @Test
    void aWriteWhoseAnswerWasLostIsWrittenAgain() {
        bench.records.loseAnswers(1);
        run();
        bench.records.loseAnswers(1);
        bench.engine().release(ID, Disposal.KEEP);
        awaitPresence(Presence.BINNED);
        bench.records.loseAnswers(2);
        bench.engine().release(ID, Disposal.DESTROY);
        soon().until(() -> bench.engine().observe().isEmpty());
        assertThat(bench.records.load()).isEmpty();
    }

    @Test
    void aNameIsNotGivenToAnotherClusterWhileAnythingIsLeftOfIt() {
        run();
        InstanceSpec other = new InstanceSpec(ID, "another-uid", Resources.ORDINARY, PlacementSpec.ORDINARY, TOKEN);
        assertThatThrownBy(() -> bench.engine().apply(other)).hasMessageContaining("is not gone yet");
        assertThat(bench.records.load()).extracting(PlacedInstance::cluster).containsExactly("uid-of-demo");
        assertThat(bench.records.load()).extracting(PlacedInstance::goal).containsExactly(Goal.RUN);
    }

    @Test
    void aDataFolderThatTheUnprivilegedUserCannotReachIsRefused() throws IOException {
        assumeTrue(root(), "only root runs executors as another user");
        Files.setPosixFilePermissions(bench.root, PosixFilePermissions.fromString("rwx------"));
        assertThatThrownBy(() -> LocalEngine.open(bench.settings(), bench.records, bench.programs))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(LocalBench.SOMEBODY)
                .hasMessageContaining(bench.root.toString());
        Files.setPosixFilePermissions(bench.root, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static List<Path> list(Path folder) throws IOException {
        try (var all = Files.list(folder)) {
            return all.toList();
        }
    }

    @Test
    void thePackageIsCopiedOncePerContent() throws IOException {
        Path packages = bench.root.resolve("data/packages");
        bench.reopen();
        List<Path> former = list(packages);
        assertThat(former).hasSize(1);
        Files.writeString(bench.root.resolve("package/lib/executor.jar"), "a newer version");
        Files.writeString(bench.root.resolve("package/jvm.flags"), "# small\n-Xmx32m\n\n-XX:+UseSerialGC\n");
        Files.writeString(bench.root.resolve("package/executor.aot"), "classes");
        Path stores = Files.createDirectories(bench.root.resolve("libraries/s3"));
        Files.writeString(stores.resolve("s3.jar"), "a library");
        Files.createSymbolicLink(bench.root.resolve("package/stores"), stores.getParent());
        bench.reopen();
        assertThat(list(packages))
                .as("nothing runs from the former one")
                .hasSize(1)
                .doesNotContainAnyElementsOf(former)
                .allSatisfy(copy -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                        .isEqualTo("rwxr-xr-x"))
                .allSatisfy(copy -> assertThat(copy.resolve("stores/s3/s3.jar")).hasContent("a library"));
        run();
        assertThat(procFile(awaitProcess("executor.json"), "cmdline"))
                .contains("\0-Xmx32m\0-XX:+UseSerialGC\0-XX:AOTCache=" + packages)
                .contains("/executor.aot\0-cp\0" + packages)
                .doesNotContain("# small");
    }
}
