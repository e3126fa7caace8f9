package dev.cotton.executors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.MysqlReport.Replication;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Status;
import dev.cotton.mysql.TestMysql;
import dev.cotton.testing.executor.TestInstances;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A primary that is frozen, hangs, or waits in vain, and how it is known and ended. */
final class StandstillIT {
    /** For what mysqld or the executor do within a second, on a busy machine. */
    private static final Duration SOON = Duration.ofSeconds(3);

    @TempDir
    private static Path temporary;

    private static TestInstances instances;

    @BeforeAll
    static void start() throws SQLException {
        instances = new TestInstances(temporary, TestMysql.programs()).addFromTemplate(2);
        instances.replicate();
        try (Client client = Client.of(instances.executor(0))) {
            client.execute("CREATE DATABASE shop");
            client.execute("CREATE TABLE shop.orders (id INT PRIMARY KEY)");
        }
    }

    @AfterAll
    static void stop() {
        instances.close();
    }

    @BeforeEach
    void settle() {
        instances.establish(0, TestInstances.primary(1, 1));
        instances.establish(1, instances.replicaOf(0, true));
        instances.awaitMysql(
                0,
                report -> report.semiSync().clients() == 1
                        && report.semiSync().waiting() == 0
                        && report.heartbeatAge()
                                .filter(age -> age.compareTo(Duration.ofSeconds(2)) < 0)
                                .isPresent());
        instances.awaitStatus(1, status -> silence(status).compareTo(Duration.ofSeconds(2)) < 0);
    }

    private static Duration silence(Status replica) {
        return replica.mysql()
                .flatMap(MysqlReport::replication)
                .flatMap(Replication::silence)
                .orElse(Duration.ofDays(1));
    }

    @Test
    void aFrozenPrimaryTakesNoWritesAndIsOpenedAgain() throws SQLException {
        try (Client client = Client.of(instances.executor(0))) {
            MysqlReport frozen = instances
                    .establish(0, new Role.Primary(1, Set.of(1), true))
                    .mysql()
                    .orElseThrow();
            assertThat(frozen.superReadOnly()).isTrue();
            assertThat(frozen.reached()).contains(frozen.executed());
            assertThat(frozen.attachedSlots()).containsExactly(1);
            client.execute("DO 1");
            assertThat(client.send("INSERT INTO shop.orders VALUES (1)"))
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .withMessageContaining("read-only");
            instances.establish(0, TestInstances.primary(1, 1));
            client.execute("INSERT INTO shop.orders VALUES (1)");
        }
    }

    @Test
    void aFreezeThatWaitsForAClientsLockIsGivenUp() throws SQLException {
        try (Client blocker = Client.of(instances.executor(0));
                Client client = Client.of(instances.executor(0))) {
            blocker.execute("LOCK TABLES shop.orders WRITE");
            instances.assign(0, new Role.Primary(1, Set.of(1), true));
            instances.awaitStatus(
                    0, status -> status.role().orElseThrow().obstacle().contains("a client holds a lock"));
            instances.establish(0, TestInstances.primary(1, 1));
            client.execute("CREATE DATABASE IF NOT EXISTS other");
        }
    }

    @Test
    void aFrozenPrimaryThatCrashesStaysReadOnly() throws SQLException {
        instances.establish(0, new Role.Primary(1, Set.of(1), true));
        instances.signal(0, "KILL");
        instances.awaitStatus(0, status -> status.usage().restarts() > 0 && status.lifecycle() == Lifecycle.RUNNING);
        instances.confirm(0);
        MysqlReport report = instances
                .awaitStatus(
                        0,
                        status -> status.mysql().isPresent()
                                && status.role().orElseThrow().established())
                .mysql()
                .orElseThrow();
        assertThat(report.superReadOnly()).isTrue();
        assertThat(report.semiSync().source()).isTrue();
    }

    @Test
    void aSourceThatIsStoppedFallsSilentAndIsKnownNotToAnswer() {
        instances.signal(0, "STOP");
        long stopped = System.nanoTime();
        instances.awaitStatus(1, status -> silence(status).compareTo(Duration.ofSeconds(2)) > 0);
        Duration known = Duration.ofNanos(System.nanoTime() - stopped);
        instances.awaitStatus(0, status -> status.lifecycle() == Lifecycle.UNRESPONSIVE);
        Duration hung = Duration.ofNanos(System.nanoTime() - stopped);
        instances.signal(0, "CONT");
        instances.awaitStatus(0, status -> status.lifecycle() == Lifecycle.RUNNING);
        instances.awaitStatus(1, status -> silence(status).compareTo(Duration.ofSeconds(2)) < 0);
        assertThat(known).isLessThan(Duration.ofSeconds(4));
        assertThat(hung).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void aSourceThatHasNothingToSayAnswersWhenAsked() {
        instances.establish(0, TestInstances.primary(0));
        instances.awaitMysql(
                1,
                report -> report.replication()
                        .filter(state -> state.receiverError().contains("locked"))
                        .isPresent());
        Status replica = instances.calls(1).status(-1, Duration.ZERO);
        assertThat(silence(replica)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void aPrimaryThatIsStoppedIsKilledToBeFenced() {
        long former = processId(0);
        instances.signal(0, "STOP");
        long ordered = System.nanoTime();
        var stamp = instances.assign(0, new Role.Fenced());
        instances.awaitStatus(0, status -> !status.usage().processId().equals(Optional.of(former)));
        Duration killed = Duration.ofNanos(System.nanoTime() - ordered);
        Status fenced = instances.awaitStatus(0, status -> status.establishedAt(stamp));
        assertThat(killed).isLessThan(SOON);
        assertThat(fenced.mysql().orElseThrow().superReadOnly()).isTrue();
    }

    @Test
    void aPrimaryWhoseCommitsWaitIsKilledToBeFencedAndTellsNobodyOtherwise() throws SQLException {
        long former = processId(0);
        instances.establish(1, new Role.Fenced());
        try (Client client = Client.of(instances.executor(0))) {
            CompletableFuture<Void> commit = client.send("INSERT INTO shop.orders VALUES (100)");
            instances.awaitMysql(0, report -> report.semiSync().waiting() > 0);
            instances.establish(0, new Role.Fenced());
            assertThat(commit).failsWithin(SOON);
        }
        assertThat(processId(0)).isNotEqualTo(former);
    }

    @Test
    void anAccountStatementThatWaitsGoesOnWhenNobodyIsLeftToAcknowledge() throws SQLException {
        instances.establish(1, new Role.Fenced());
        try (Client client = Client.of(instances.executor(0))) {
            CompletableFuture<Void> statement = client.send("CREATE USER late IDENTIFIED BY 'A-Password-1'");
            instances.awaitMysql(0, report -> report.semiSync().waiting() > 0);
            instances.establish(0, TestInstances.primary(0));
            assertThat(statement).succeedsWithin(SOON);
            client.execute("DROP USER late");
        }
    }

    @Test
    void aHealthyPrimaryIsFencedWithoutBeingKilled() throws SQLException {
        long former = processId(0);
        try (Client client = Client.of(instances.executor(0))) {
            MysqlReport fenced =
                    instances.establish(0, new Role.Fenced()).mysql().orElseThrow();
            assertThat(fenced.superReadOnly()).isTrue();
            assertThat(fenced.semiSync().source()).isFalse();
            assertThat(client.send("SELECT 1")).failsWithin(SOON);
        }
        assertThat(processId(0)).isEqualTo(former);
    }

    private static long processId(int member) {
        return instances.calls(member).status().usage().processId().orElseThrow();
    }
}
