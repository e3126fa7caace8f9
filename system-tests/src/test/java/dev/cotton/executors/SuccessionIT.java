package dev.cotton.executors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.GtidSet;
import dev.cotton.core.wire.ExecutorApi;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.MysqlReport.Replication;
import dev.cotton.core.wire.QuarantineEntry;
import dev.cotton.core.wire.QuarantineEntry.Rows;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Setup;
import dev.cotton.core.wire.Status;
import dev.cotton.mysql.TestMysql;
import dev.cotton.testing.executor.ExecutorCalls;
import dev.cotton.testing.executor.TestInstances;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From one primary to the next, by the orders that a scheduler would give. */
final class SuccessionIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    private Path temporary;

    private TestInstances instances;

    @BeforeEach
    void start() throws SQLException {
        instances = new TestInstances(temporary, TestMysql.programs()).addFromTemplate(3);
        instances.replicate();
        try (Client client = Client.of(instances.executor(0))) {
            client.execute("CREATE DATABASE shop");
            client.execute("CREATE TABLE shop.orders (id INT PRIMARY KEY)");
        }
    }

    @AfterEach
    void stop() {
        instances.close();
    }

    @Test
    void aFailoverLosesNothingAndSavesWhatNobodyElseHas() throws SQLException {
        try (Client client = Client.of(instances.executor(0))) {
            client.execute("INSERT INTO shop.orders VALUES (1)");
            instances.establish(1, new Role.Fenced());
            instances.establish(2, new Role.Fenced());
            CompletableFuture<Void> never = client.send("INSERT INTO shop.orders VALUES (666)");
            instances.awaitMysql(0, report -> report.semiSync().waiting() > 0);
            instances.signal(0, "KILL");
            assertThat(never).failsWithin(LIMIT);
        }
        GtidSet reached = takeOver();
        instances.establish(0, new Role.Fenced());
        Status old = instances.awaitStatus(0, status -> status.mysql().isPresent());
        GtidSet errant = old.mysql().orElseThrow().received().minus(reached);
        assertThat(errant.isEmpty()).isFalse();

        String uuid = old.mysql().orElseThrow().serverUuid();
        Status emptied =
                instances.establish(0, new Role.Emptied(old.incarnation().orElseThrow(), errant));
        assertThat(emptied.incarnation()).isEmpty();
        assertThat(emptied.lifecycle()).isEqualTo(Lifecycle.EMPTY);
        saved(errant);

        assertThat(instances
                        .setup(
                                0,
                                new Setup.Clone(
                                        instances.executor(2).id(),
                                        instances.executor(2).config().ports().mysqlEndpoint()))
                        .accepted())
                .isTrue();
        instances.establish(0, new Role.Fenced());
        instances.establish(1, TestInstances.primary(1, 0, 2));
        instances.establish(0, instances.replicaOf(1, true));
        MysqlReport back = instances.awaitMysql(0, SuccessionIT::receives);
        assertThat(back.serverUuid()).isNotEqualTo(uuid);
        try (Client client = Client.of(instances.executor(0))) {
            assertThat(client.ask("SELECT GROUP_CONCAT(id ORDER BY id) FROM shop.orders"))
                    .isEqualTo("1,2");
        }
    }

    /** Member 1 becomes the primary, with member 2 below it. */
    private GtidSet takeOver() throws SQLException {
        Status candidate = instances.establish(1, new Role.Candidate(Set.of(2)));
        MysqlReport drained = candidate.mysql().orElseThrow();
        assertThat(drained.executed()).isEqualTo(drained.received());
        assertThat(drained.reached()).contains(drained.executed());
        assertThat(drained.superReadOnly()).isTrue();
        instances.establish(2, instances.replicaOf(1, true));
        instances.awaitMysql(2, SuccessionIT::receives);
        instances.awaitMysql(1, report -> report.attachedSlots().equals(Set.of(2)));
        GtidSet reached = instances
                .establish(1, TestInstances.primary(1, 2))
                .mysql()
                .orElseThrow()
                .reached()
                .orElseThrow();
        try (Client client = Client.of(instances.executor(1))) {
            client.execute("INSERT INTO shop.orders VALUES (2)");
        }
        return reached;
    }

    private static boolean receives(MysqlReport report) {
        return report.replication().filter(Replication::receiving).isPresent();
    }

    /** Any executor of the cluster on this machine has it, and can do away with it. */
    private void saved(GtidSet errant) {
        ExecutorCalls another = instances.calls(2);
        assertThat(another.quarantine()).hasSize(1).isEqualTo(instances.calls(0).quarantine());
        QuarantineEntry entry = another.quarantine().getFirst();
        assertThat(entry.id().instance()).isEqualTo(instances.executor(0).id());
        assertThat(entry.errant()).isEqualTo(errant);
        assertThat(entry.transactions()).isEqualTo(errant.count());
        assertThat(entry.rows()).containsEntry("shop.orders", new Rows(1, 0, 0));
        assertThat(entry.complete()).isTrue();
        String text = another.get(ExecutorApi.QUARANTINE_TEXT + "?id=" + entry.id() + "&limit=1000000")
                .body();
        assertThat(text)
                .hasSize((int) entry.bytes())
                .contains("### INSERT INTO `shop`.`orders`")
                .contains("###   @1=666");

        assertThat(another.delete(ExecutorApi.QUARANTINE + "?id=" + entry.id()).statusCode())
                .isEqualTo(204);
        assertThat(instances.calls(0).quarantine()).isEmpty();
        assertThat(another.get(ExecutorApi.QUARANTINE_TEXT + "?id=" + entry.id())
                        .statusCode())
                .isEqualTo(404);
        assertThat(another.delete(ExecutorApi.QUARANTINE + "?id=../../demo-0").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aSwitchoverHandsOverWithoutARestart() throws SQLException {
        instances.establish(1, replicaThatAdmits(2));
        instances.establish(2, instances.replicaOf(1, true));
        instances.awaitMysql(2, SuccessionIT::receives);
        long former = instances.calls(0).status().usage().processId().orElseThrow();

        GtidSet reached = instances
                .establish(0, new Role.Primary(1, Set.of(1, 2), true))
                .mysql()
                .orElseThrow()
                .reached()
                .orElseThrow();
        instances.awaitMysql(1, report -> report.received().contains(reached));
        MysqlReport candidate =
                instances.establish(1, new Role.Candidate(Set.of(2))).mysql().orElseThrow();
        assertThat(candidate.reached().orElseThrow().contains(reached)).isTrue();
        instances.awaitMysql(2, report -> report.received().contains(reached));
        instances.establish(1, TestInstances.primary(1, 0, 2));
        try (Client client = Client.of(instances.executor(1))) {
            client.execute("INSERT INTO shop.orders VALUES (1)");
        }

        MysqlReport old =
                instances.establish(0, instances.replicaOf(1, true)).mysql().orElseThrow();
        assertThat(old.semiSync().source()).isFalse();
        assertThat(instances.calls(0).status().usage().processId()).contains(former);
        instances.awaitMysql(0, SuccessionIT::receives);
    }

    private Role replicaThatAdmits(int slot) {
        return new Role.Replica(
                instances.executor(0).id(),
                instances.executor(0).config().ports().mysqlEndpoint(),
                true,
                Set.of(slot));
    }
}
