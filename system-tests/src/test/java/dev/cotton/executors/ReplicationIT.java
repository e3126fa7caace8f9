package dev.cotton.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cotton.core.wire.MysqlReport;
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

/** A primary and two replicas: what is written on the one is on the others before it is acknowledged. */
final class ReplicationIT {
    @TempDir
    private static Path temporary;

    private static TestInstances instances;

    @BeforeAll
    static void start() throws SQLException {
        instances = new TestInstances(temporary, TestMysql.programs()).addFromTemplate(3);
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
        instances.establish(1, instances.replicaOf(0, true));
        instances.establish(2, instances.replicaOf(0, true));
        instances.establish(0, TestInstances.primary(1, 1, 2));
        instances.awaitMysql(
                0,
                report -> report.semiSync().clients() == 2 && report.semiSync().waiting() == 0);
    }

    @Test
    void aRowIsOnEveryMember() throws SQLException {
        try (Client client = Client.of(instances.executor(0))) {
            client.execute("INSERT INTO shop.orders VALUES (1)");
        }
        for (int member = 0; member < 3; member++) {
            try (Client client = Client.of(instances.executor(member))) {
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> client.ask("SELECT COUNT(*) FROM shop.orders WHERE id = 1"), "1"::equals);
            }
        }
    }

    @Test
    void aCommitWaitsUntilAReplicaHasReceivedIt() throws SQLException {
        instances.establish(1, new Role.Fenced());
        instances.establish(2, new Role.Fenced());
        try (Client client = Client.of(instances.executor(0))) {
            CompletableFuture<Void> commit = client.send("INSERT INTO shop.orders VALUES (2)");
            instances.awaitMysql(
                    0,
                    report -> report.semiSync().waiting() >= 2
                            && report.heartbeatAge()
                                    .filter(age -> age.compareTo(Duration.ofSeconds(3)) > 0)
                                    .isPresent());
            assertThat(commit).isNotDone();
            instances.establish(2, instances.replicaOf(0, true));
            assertThat(commit).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void aReplicaThatDoesNotAcknowledgeIsNotWaitedFor() throws SQLException {
        instances.establish(1, new Role.Fenced());
        instances.establish(2, instances.replicaOf(0, false));
        instances.awaitMysql(
                2,
                report -> report.replication()
                        .filter(MysqlReport.Replication::receiving)
                        .isPresent());
        try (Client client = Client.of(instances.executor(0))) {
            CompletableFuture<Void> commit = client.send("INSERT INTO shop.orders VALUES (3)");
            instances.awaitMysql(
                    0,
                    report -> report.semiSync().waiting() > 0
                            && report.attachedSlots().contains(2));
            assertThat(commit).isNotDone();
            instances.establish(0, TestInstances.primary(0));
            assertThat(commit).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    /** The second waits for its turn because it holds the transaction already: only a later commit is acknowledged. */
    @Test
    void anAckerThatReturnsWithAWaitingTransactionFreesIt() throws SQLException {
        instances.establish(0, TestInstances.primary(2, 1, 2));
        instances.establish(1, new Role.Fenced());
        try (Client client = Client.of(instances.executor(0))) {
            CompletableFuture<Void> commit = client.send("INSERT INTO shop.orders VALUES (4)");
            instances.awaitMysql(0, report -> report.semiSync().waiting() > 0);
            instances.establish(2, new Role.Fenced());
            instances.establish(2, instances.replicaOf(0, true));
            instances.establish(1, instances.replicaOf(0, true));
            assertThat(commit).succeedsWithin(Duration.ofSeconds(15));
        }
    }

    @Test
    void whoIsNotAdmittedCannotAcknowledge() throws SQLException {
        instances.establish(0, TestInstances.primary(1, 2));
        instances.awaitMysql(
                1,
                report -> report.replication()
                        .filter(state -> state.receiverError().contains("locked"))
                        .isPresent());
        instances.establish(2, new Role.Fenced());
        try (Client client = Client.of(instances.executor(0))) {
            CompletableFuture<Void> commit = client.send("INSERT INTO shop.orders VALUES (5)");
            Status primary = instances.awaitStatus(
                    0, status -> status.mysql().orElseThrow().semiSync().waiting() > 0);
            assertThat(primary.mysql().orElseThrow().attachedSlots()).doesNotContain(1);
            assertThat(commit).isNotDone();
            instances.establish(0, TestInstances.primary(1, 1, 2));
            assertThat(commit).succeedsWithin(Duration.ofSeconds(15));
        }
    }

    @Test
    void whatThePrimaryHadReachedHoldsACommitThatWaits() throws SQLException {
        instances.establish(1, new Role.Fenced());
        instances.establish(2, new Role.Fenced());
        try (Client client = Client.of(instances.executor(0))) {
            CompletableFuture<Void> commit = client.send("INSERT INTO shop.orders VALUES (6)");
            instances.awaitMysql(0, report -> report.semiSync().waiting() > 0);
            MysqlReport report = instances
                    .establish(0, TestInstances.primary(1, 1, 2))
                    .mysql()
                    .orElseThrow();
            assertThat(report.reached().orElseThrow().minus(report.executed()).count())
                    .isPositive();
            instances.establish(1, instances.replicaOf(0, true));
            instances.awaitMysql(
                    1, other -> other.received().contains(report.reached().orElseThrow()));
            assertThat(commit).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void replicasMeasureTheirLagAndThePrimaryItsHeartbeat() {
        assertThat(instances
                        .awaitMysql(
                                1,
                                report -> report.replication()
                                        .flatMap(MysqlReport.Replication::lag)
                                        .filter(lag -> lag.compareTo(Duration.ofSeconds(3)) < 0)
                                        .isPresent())
                        .heartbeatAge())
                .isEmpty();
        instances.awaitMysql(
                0,
                report -> report.heartbeatAge()
                        .filter(age -> age.compareTo(Duration.ofSeconds(2)) < 0)
                        .isPresent());
    }
}
