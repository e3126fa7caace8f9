package dev.cotton.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cotton.core.model.Stamp;
import dev.cotton.core.wire.Answer;
import dev.cotton.core.wire.Assignment;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Status;
import dev.cotton.mysql.TestMysql;
import dev.cotton.testing.executor.TestInstances;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors and mysqlds are killed: what they were comes back, and never more than that. */
final class RestartsIT {
    @TempDir
    private static Path temporary;

    private static TestInstances instances;

    @BeforeAll
    static void start() throws SQLException {
        instances = new TestInstances(temporary, TestMysql.programs()).addFromTemplate(2);
        instances.replicate();
        try (Client client = Client.of(instances.executor(0))) {
            client.execute("CREATE DATABASE shop");
            client.execute("CREATE TABLE shop.orders (id INT AUTO_INCREMENT PRIMARY KEY)");
        }
    }

    @AfterAll
    static void stop() {
        instances.close();
    }

    @BeforeEach
    void settle() {
        instances.establish(1, instances.replicaOf(0, true));
        instances.establish(0, TestInstances.primary(1, 1));
        instances.awaitMysql(0, report -> report.semiSync().clients() == 1);
    }

    private static long mysqld(int member) {
        return instances
                .awaitStatus(member, status -> status.usage().processId().isPresent())
                .usage()
                .processId()
                .orElseThrow();
    }

    private static void killMysqld(int member) {
        ProcessHandle process = ProcessHandle.of(mysqld(member)).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    private static void write() throws SQLException {
        try (Client client = Client.of(instances.executor(0))) {
            client.execute("INSERT INTO shop.orders VALUES ()");
        }
    }

    @Test
    void mysqldOutlivesItsExecutor() throws SQLException {
        long before = mysqld(0);
        instances.executor(0).kill();
        write();
        instances.executor(0).start();
        Status status = instances.awaitStatus(0, found -> found.mysql().isPresent());
        assertThat(status.usage().processId()).contains(before);
        assertThat(status.establishedAt(status.highest())).isFalse();
        instances.confirm(0);
        Status confirmed = instances.awaitStatus(0, found -> found.establishedAt(found.highest()));
        assertThat(confirmed.mysql().orElseThrow().readOnly()).isFalse();
        assertThat(confirmed.usage().processId()).contains(before);
        write();
    }

    @Test
    void anExecutorThatEndsInOrderLeavesMysqldAlone() throws SQLException {
        long before = mysqld(0);
        instances.executor(0).process().destroy();
        instances.executor(0).process().onExit().join();
        write();
        instances.executor(0).start();
        assertThat(mysqld(0)).isEqualTo(before);
    }

    @Test
    void aReplicaFollowsAgainByItself() throws SQLException {
        long before = mysqld(1);
        killMysqld(1);
        instances.awaitStatus(
                1,
                status -> status.establishedAt(status.highest())
                        && !status.usage().processId().orElseThrow().equals(before));
        instances.awaitMysql(0, report -> report.semiSync().clients() == 1);
        write();
    }

    @Test
    void theDeathOfMysqldIsToldAtOnce() {
        Status before = instances.calls(1).status();
        CompletableFuture<Status> poll = new CompletableFuture<>();
        Thread.ofVirtual().name("poll").start(() -> {
            Status told = before;
            while (told.usage().processId().equals(before.usage().processId())) {
                told = instances.calls(1).status(told.revision(), Duration.ofSeconds(20));
            }
            poll.complete(told);
        });
        killMysqld(1);
        long killed = System.nanoTime();
        Status told = poll.orTimeout(10, java.util.concurrent.TimeUnit.SECONDS).join();
        assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(1));
        assertThat(told.establishedAt(told.highest())).isFalse();
        assertThat(told.mysql()).isEmpty();
    }

    @Test
    void aPrimaryWhoseMysqldDiedWaitsForTheScheduler() throws SQLException {
        long before = mysqld(0);
        killMysqld(0);
        Status waiting = instances.awaitStatus(
                0, status -> status.role().orElseThrow().obstacle().contains("waits for the scheduler"));
        assertThat(waiting.mysql().map(report -> report.superReadOnly()).orElse(true))
                .isTrue();
        instances.confirm(0);
        Status back = instances.awaitStatus(0, status -> status.establishedAt(status.highest()));
        assertThat(back.usage().processId().orElseThrow()).isNotEqualTo(before);
        assertThat(back.usage().restarts()).isPositive();
        write();
    }

    /** This test's own polling would count as a scheduler's, so it asks MySQL. */
    @Test
    void withoutASchedulerALosslessPrimaryComesBackByItself() {
        killMysqld(0);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptionsInstanceOf(SQLException.class)
                .until(() -> {
                    write();
                    return true;
                });
        Status status = instances.awaitStatus(0, found -> found.mysql().isPresent());
        assertThat(status.establishedAt(status.highest())).isTrue();
    }

    @Test
    void bothKilledAtOnceComeBack() throws SQLException {
        killMysqld(0);
        instances.executor(0).kill();
        killMysqld(1);
        instances.executor(1).kill();
        instances.executor(0).start();
        instances.executor(1).start();
        instances.awaitStatus(0, status -> status.mysql().isPresent());
        instances.confirm(0);
        instances.awaitStatus(0, status -> status.establishedAt(status.highest()));
        instances.awaitMysql(0, report -> report.semiSync().clients() == 1);
        write();
    }

    @Test
    void aStaleOrderIsRefusedAlsoAfterARestart() {
        Status before = instances.calls(1).status();
        Stamp highest = before.highest();
        instances.executor(1).kill();
        instances.executor(1).start();
        instances.awaitStatus(1, status -> true);
        Stamp stale = new Stamp(highest.term(), highest.epoch(), highest.version() - 1);
        Answer answer = instances.calls(1).assign(new Assignment(stale, new Role.Stopped()));
        assertThat(answer.accepted()).isFalse();
        assertThat(answer.highest()).isEqualTo(highest);
        assertThat(answer.why()).contains(stale.toString());
        assertThat(instances.calls(1).status().role().orElseThrow().role())
                .isEqualTo(before.role().orElseThrow().role());
    }

    @Test
    void whatWasStoppedStaysStopped() throws SQLException {
        instances.establish(1, new Role.Stopped());
        assertThat(instances.calls(1).status().lifecycle()).isEqualTo(Lifecycle.STOPPED);
        instances.executor(1).kill();
        instances.executor(1).start();
        Status status = instances.awaitStatus(1, found -> found.lifecycle() == Lifecycle.STOPPED);
        assertThat(status.establishedAt(status.highest())).isTrue();
        assertThat(status.usage().processId()).isEmpty();
        instances.establish(1, instances.replicaOf(0, true));
        write();
    }
}
