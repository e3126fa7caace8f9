package dev.cotton.executor.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.wire.InstanceFolder;
import dev.cotton.core.wire.ProcessFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MysqldTest {
    private static final Exit KILLED = new Exit(OptionalInt.of(137));
    private static final Duration AT_ONCE = Duration.ofMillis(100);

    @TempDir
    Path parent;

    private final RecordingListener listener = new RecordingListener();
    private final List<Mysqld> supervisors = new ArrayList<>();
    private FakeServer server = new FakeServer(new DataFolder(Path.of("/")), Path.of("/"));

    @AfterEach
    void endAll() {
        supervisors.forEach(Mysqld::close);
        server.end();
    }

    @Test
    void startsTheProgramOnItsOptionFileAndTellsHowItEnded() throws Exception {
        Mysqld mysqld = supervise("exit 3");

        mysqld.start(List.of("--init-file=a file"));

        assertThat(listener.nextExit()).hasToString("mysqld ended with code 3");
        assertThat(server.runs())
                .singleElement()
                .asString()
                .endsWith(" --defaults-file=" + server.folder().optionFile() + " --init-file=a file");
        assertThat(mysqld.processId()).isEmpty();
    }

    @Test
    void tellsOfADeathWithinMilliseconds() throws Exception {
        Mysqld mysqld = supervise(FakeServer.RUNS_ON);
        List<Duration> delays = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            mysqld.start(List.of());
            server.awaitRuns(i + 1);
            long killed = System.nanoTime();
            mysqld.kill();
            RecordingListener.Told told = listener.next();
            assertThat(told.exit()).contains(KILLED);
            delays.add(Duration.ofNanos(told.nanos() - killed));
        }
        assertThat(delays.stream().sorted().skip(2).findFirst().orElseThrow()).isLessThan(AT_ONCE);
    }

    @Test
    void tellsOfTheDeathOfAnAdoptedServerWithinMilliseconds() throws Exception {
        List<Duration> delays = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Mysqld first = supervise(FakeServer.RUNS_ON);
            long id = first.start(List.of());
            server.awaitRuns(i + 1);
            first.close();
            Mysqld second = supervise(FakeServer.RUNS_ON);
            assertThat(second.adopt()).isEqualTo(new Mysqld.Found.Running(id));
            assertThat(second.processId()).isEqualTo(OptionalLong.of(id));
            long killed = System.nanoTime();
            second.kill();
            RecordingListener.Told told = listener.next();
            assertThat(told.exit()).contains(KILLED);
            delays.add(Duration.ofNanos(told.nanos() - killed));
        }
        assertThat(delays.stream().sorted().skip(2).findFirst().orElseThrow()).isLessThan(AT_ONCE);
        assertThat(listener.silent()).isTrue();
    }

    @Test
    void knowsHowAServerEndedThatNobodyWatched() throws Exception {
        try (Mysqld mysqld = supervise("exec sleep 600")) {
            mysqld.start(List.of());
            server.awaitRuns(1);
        }
        long id = server.running().getFirst();
        ProcessHandle.of(id).orElseThrow().destroy();

        Mysqld.Found found = Awaitility.await()
                .until(() -> supervise(FakeServer.RUNS_ON).adopt(), Mysqld.Found.Ended.class::isInstance);

        assertThat(found).hasToString("Ended[exit=mysqld was ended by SIGTERM]");
        assertThat(listener.silent()).isTrue();
    }

    @Test
    void findsNothingWhereNothingEverRan() throws Exception {
        assertThat(supervise(FakeServer.RUNS_ON).adopt()).isEqualTo(new Mysqld.Found.Nothing());
    }

    @Test
    void restartsByItselfWhenTheServerAsksForIt() throws Exception {
        Mysqld mysqld = supervise("[ \"$MYSQLD_PARENT_PID\" = \"$PPID\" ] || exit 1; %s".formatted(restartsOnce()));

        long first = mysqld.start(List.of("--extra"));
        Files.createFile(parent.resolve("go"));

        long second = listener.next().restartedAs().orElseThrow();
        assertThat(second).isNotEqualTo(first);
        assertThat(mysqld.processId()).isEqualTo(OptionalLong.of(second));
        server.awaitRuns(2);
        assertThat(server.runs()).allMatch(run -> run.endsWith(" --extra"));
        mysqld.kill();
        assertThat(listener.nextExit()).isEqualTo(KILLED);
    }

    @Test
    void restartsAServerThatNobodyWatches() throws Exception {
        Path go = parent.resolve("go");
        Mysqld first = supervise(
                "[ -e '%s' ] && exec sleep 600; until [ -e '%s' ]; do sleep 0.01; done; exit 16".formatted(go, go));
        first.start(List.of());
        server.awaitRuns(1);
        first.close();

        Files.createFile(go);

        server.awaitRuns(2);
        Mysqld second = supervise("exit 1");
        assertThat(second.adopt()).isInstanceOf(Mysqld.Found.Running.class);
        assertThat(server.running()).containsExactly(second.processId().orElseThrow());
    }

    @Test
    void forgetsTheServerUuidOfAFormerLifeBeforeTheNextStart() throws Exception {
        Mysqld mysqld = supervise(restartsOnce());
        Path uuid = server.folder().mysql().resolve("auto.cnf");
        Files.createFile(uuid);
        mysqld.start(List.of());
        Files.createFile(parent.resolve("go"));
        listener.next();
        assertThat(uuid).exists();
        mysqld.kill();
        listener.nextExit();

        server.folder().renew();
        mysqld.start(List.of());

        server.awaitRuns(3);
        assertThat(uuid).doesNotExist();
        assertThat(server.folder().forgetUuid()).doesNotExist();
    }

    @Test
    void keepsTheServerWhenItsKeeperIsAskedToEnd() throws Exception {
        Mysqld mysqld = supervise(FakeServer.RUNS_ON);
        mysqld.start(List.of());
        server.awaitRuns(1);

        for (int i = 0; i < 3; i++) {
            ProcessHandle.of(server.keeper()).orElseThrow().destroy();
        }

        assertThat(mysqld.awaitExit(Duration.ofMillis(200))).isFalse();
        assertThat(server.running()).hasSize(1);
        mysqld.terminate();
        assertThat(listener.nextExit()).hasToString("mysqld was ended by SIGTERM");
        assertThat(mysqld.awaitExit(Duration.ZERO)).isTrue();
    }

    @Test
    void keepsWatchingWhenTheKeeperIsKilled() throws Exception {
        Mysqld mysqld = supervise(FakeServer.RUNS_ON);
        long id = mysqld.start(List.of());
        server.awaitRuns(1);
        ProcessHandle keeper = ProcessHandle.of(server.keeper()).orElseThrow();
        keeper.destroyForcibly();
        keeper.onExit().join();

        Mysqld other = supervise(FakeServer.RUNS_ON);
        assertThatThrownBy(() -> other.start(List.of()))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("already");
        assertThat(other.adopt()).isEqualTo(new Mysqld.Found.Running(id));
        other.close();

        mysqld.kill();
        assertThat(listener.nextExit()).isEqualTo(Exit.UNKNOWN);
        assertThat(supervise(FakeServer.RUNS_ON).adopt()).isEqualTo(new Mysqld.Found.Ended(Exit.UNKNOWN));
        mysqld.start(List.of());
        server.awaitRuns(2);
    }

    @Test
    void watchesOnWhenItsDiskFails() throws Exception {
        Mysqld first = supervise("mkdir '%s' && exec sleep 600; %s".formatted(parent.resolve("first"), restartsOnce()));
        first.start(List.of());
        server.awaitRuns(1);
        first.close();
        Path fifo = server.folder().run().resolve("alive");
        Path aside = server.folder().run().resolve("aside");
        Files.move(fifo, aside);
        Files.createDirectory(fifo);

        Mysqld second = supervise("");
        assertThat(second.adopt()).isInstanceOf(Mysqld.Found.Running.class);
        second.kill();
        assertThat(listener.nextExit()).isEqualTo(KILLED);

        Files.delete(fifo);
        Files.move(aside, fifo);
        second.start(List.of());
        Files.createFile(parent.resolve("go"));
        assertThat(listener.next().restartedAs()).isPresent();
        second.kill();
        assertThat(listener.nextExit()).isEqualTo(KILLED);
    }

    @Test
    void refusesASecondStart() throws Exception {
        Mysqld mysqld = supervise(FakeServer.RUNS_ON);
        long id = mysqld.start(List.of());
        assertThatThrownBy(() -> mysqld.start(List.of()))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("process " + id);
    }

    @Test
    void tellsWhenTheProgramIsNotThere() throws Exception {
        Mysqld mysqld = supervise("");
        Files.delete(server.program());

        mysqld.start(List.of());

        assertThat(listener.nextExit()).hasToString("mysqld could not be started (code 127)");
        assertThat(Files.readString(server.folder().mysqldLog())).contains("not found");
    }

    @Test
    void neverTakesAnotherProcessForTheServer() throws Exception {
        Mysqld mysqld = supervise(FakeServer.RUNS_ON);
        Path process = server.folder().processes().resolve(InstanceFolder.MYSQLD_PROCESS);
        StateFile<ProcessFile> file = new StateFile<>(process, ProcessFile.class);
        long own = ProcessHandle.current().pid();

        file.write(new ProcessFile(own, 1, BootDoubt.hostBootId()));
        assertThat(mysqld.adopt()).isEqualTo(new Mysqld.Found.Ended(Exit.UNKNOWN));

        String stat = Files.readString(Path.of("/proc/self/stat"));
        String ticks = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19];
        file.write(new ProcessFile(own, Long.parseLong(ticks), "another-boot"));
        assertThat(mysqld.adopt()).isEqualTo(new Mysqld.Found.Ended(Exit.UNKNOWN));
        Files.delete(process);
    }

    @Test
    void givesTheServerNothingOfItsOwnEnvironment() throws Exception {
        supervise("env").start(List.of());

        listener.nextExit();

        assertThat(Files.readAllLines(server.folder().mysqldLog()))
                .map(line -> line.substring(0, line.indexOf('=')))
                .containsOnly(
                        "PATH",
                        "PWD",
                        "OLDPWD",
                        "MYSQLD_PARENT_PID",
                        "TCMALLOC_AGGRESSIVE_DECOMMIT",
                        "TCMALLOC_MAX_TOTAL_THREAD_CACHE_BYTES",
                        "MALLOC_ARENA_MAX");
    }

    @Test
    void closingLeavesTheServerAlone() throws Exception {
        Mysqld mysqld = supervise(FakeServer.RUNS_ON);
        long id = mysqld.start(List.of());
        mysqld.close();
        assertThat(ProcessHandle.of(id)).isPresent();
        assertThat(mysqld.awaitExit(Duration.ofSeconds(1))).isTrue();
        assertThat(listener.silent()).isTrue();
    }

    /** Asks to be started again when it finds the file {@code go}, the first time. */
    private String restartsOnce() {
        return "mkdir '%s' && { until [ -e '%s' ]; do sleep 0.01; done; exit 16; }; %s"
                .formatted(parent.resolve("once"), parent.resolve("go"), FakeServer.RUNS_ON);
    }

    /** Always on the same folder. */
    private Mysqld supervise(String script) throws IOException {
        if (supervisors.isEmpty()) {
            server = FakeServer.in(parent, script);
        }
        Mysqld mysqld = server.supervised(listener);
        supervisors.add(mysqld);
        return mysqld;
    }
}
