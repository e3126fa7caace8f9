package dev.cotton.executors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.Endpoint;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Setup;
import dev.cotton.core.wire.Status;
import dev.cotton.mysql.TestMysql;
import dev.cotton.testing.executor.TestInstances;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new member copies its data from one that has them, and joins. */
final class CloneIT {
    @TempDir
    private Path temporary;

    private TestInstances instances;

    @BeforeEach
    void start() throws SQLException {
        instances = new TestInstances(temporary, TestMysql.programs()).addFromTemplate(2);
        instances.replicate();
        try (Client client = Client.of(instances.executor(0))) {
            client.execute("CREATE DATABASE shop");
            client.execute("CREATE TABLE shop.orders (id INT PRIMARY KEY)");
            client.execute("INSERT INTO shop.orders VALUES (1)");
        }
    }

    @AfterEach
    void stop() {
        instances.close();
    }

    private Setup.Clone from(int donor) {
        return new Setup.Clone(
                instances.executor(donor).id(),
                instances.executor(donor).config().ports().mysqlEndpoint());
    }

    private void join(int member) throws SQLException {
        instances.establish(member, new Role.Fenced());
        instances.establish(0, TestInstances.primary(1, 1, member));
        instances.establish(member, instances.replicaOf(0, true));
        instances.awaitMysql(0, report -> report.semiSync().clients() == 2);
        try (Client client = Client.of(instances.executor(0))) {
            client.execute("INSERT INTO shop.orders VALUES (2)");
        }
        MysqlReport reached = instances
                .establish(0, TestInstances.primary(1, 1, member))
                .mysql()
                .orElseThrow();
        instances.awaitMysql(
                member, report -> report.executed().contains(reached.reached().orElseThrow()));
        try (Client client = Client.of(instances.executor(member))) {
            assertThat(client.ask("SELECT COUNT(*) FROM shop.orders")).isEqualTo("2");
        }
    }

    @Test
    void aMemberIsCopiedFromAReplicaAndJoins() throws SQLException {
        int member = instances.add();
        instances.setup(member, from(1));
        Status copied = instances.establish(member, new Role.Fenced());
        Status donor = instances.calls(1).status();
        assertThat(copied.incarnation()).isPresent().isNotEqualTo(donor.incarnation());
        assertThat(copied.sure()).isTrue();
        MysqlReport mysql = copied.mysql().orElseThrow();
        assertThat(mysql.serverUuid()).isNotEqualTo(donor.mysql().orElseThrow().serverUuid());
        assertThat(mysql.replication()).isEmpty();
        assertThat(mysql.executed().isEmpty()).isFalse();
        join(member);
    }

    @Test
    void aCopyThatFailsIsMadeAgainFromAnotherDonor() throws SQLException {
        int member = instances.add();
        Endpoint nobody = new Endpoint("127.0.0.1", 1);
        instances.setup(member, new Setup.Clone(instances.executor(1).id(), nobody));
        instances.assign(member, new Role.Fenced());
        Status failing = instances.awaitStatus(
                member, status -> status.role().orElseThrow().obstacle().contains("could not be copied"));
        assertThat(failing.incarnation()).isEmpty();
        assertThat(failing.lifecycle()).isEqualTo(Lifecycle.PREPARING);
        instances.setup(member, from(0));
        join(member);
    }

    @Test
    void anExecutorKilledInTheMiddleBeginsAnew() throws SQLException {
        int member = instances.add();
        instances.setup(member, from(1));
        instances.assign(member, new Role.Fenced());
        instances.awaitStatus(
                member,
                status -> status.lifecycle() == Lifecycle.PREPARING
                        && status.usage().processId().isPresent());
        instances.executor(member).kill();
        instances.executor(member).start();
        instances.awaitStatus(member, status -> status.lifecycle() == Lifecycle.RUNNING);
        join(member);
    }
}
