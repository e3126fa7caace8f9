package dev.cotton.executor.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An executor that is killed, at any moment, takes nothing with it. */
final class KilledExecutorTest {
    private static final long SEED = 20261122;

    @TempDir
    Path parent;

    private final RecordingListener listener = new RecordingListener();
    private FakeServer server = new FakeServer(new DataFolder(Path.of("/")), Path.of("/"));

    @AfterEach
    void endAll() {
        server.end();
    }

    @Test
    void theServerGoesOnAndIsAdopted() throws Exception {
        server = FakeServer.in(parent, FakeServer.RUNS_ON);
        Process executor = executor();
        try (BufferedReader output = executor.inputReader()) {
            assertThat(output.lines().limit(2)).containsExactly("starting", "started");
            server.awaitRuns(1);
            executor.destroyForcibly();
            executor.waitFor();
        }

        try (Mysqld mysqld = server.supervised(listener)) {
            assertThat(mysqld.adopt()).isInstanceOf(Mysqld.Found.Running.class);
            mysqld.terminate();
            assertThat(listener.nextExit()).hasToString("mysqld was ended by SIGTERM");
        }
    }

    @Test
    void thereIsNeverASecondServerWheneverTheExecutorIsKilled() throws Exception {
        server = FakeServer.in(parent, FakeServer.RUNS_ON);
        Random random = new Random(SEED);
        for (int round = 0; round < 12; round++) {
            Process executor = executor();
            try (BufferedReader output = executor.inputReader()) {
                assertThat(output.readLine()).isEqualTo("starting");
                executor.waitFor(random.nextInt(60_000), TimeUnit.MICROSECONDS);
                executor.destroyForcibly();
                executor.waitFor();
            }
            try (Mysqld mysqld = server.supervised(listener)) {
                runs(mysqld);
                Awaitility.await().until(() -> server.running().size() == 1);
                assertThat(server.running()).containsExactly(mysqld.processId().orElseThrow());
                mysqld.kill();
                assertThat(listener.nextExit()).hasToString("mysqld was ended by SIGKILL");
            }
        }
    }

    /** What an executor does when it begins: adopt, else start, and look again when that is refused. */
    private static void runs(Mysqld mysqld) {
        Awaitility.await()
                .pollInSameThread()
                .ignoreExceptionsInstanceOf(ServerException.class)
                .atMost(Duration.ofSeconds(10))
                .until(() -> {
                    if (!(mysqld.adopt() instanceof Mysqld.Found.Running)) {
                        mysqld.start(List.of());
                    }
                    return true;
                });
    }

    private Process executor() throws IOException {
        return Jvm.start(
                StartsAndWaits.class,
                server.program().toString(),
                server.folder().root().toString());
    }
}
