package dev.cotton.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.Role;
import dev.cotton.mysql.TestMysql;
import dev.cotton.testing.executor.TestInstances;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Binary logs keep to their part of the disk, but not at the cost of a member that may still ask for them. */
final class BinlogPurgeIT {
    /** A quarter of the least disk; a log is then of 16 MB. */
    private static final DataSize BUDGET = DataSize.ofMegabytes(256);

    /** What one log may be larger, and what is kept besides. */
    private static final DataSize SLACK = DataSize.ofMegabytes(34);

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path temporary;

    private TestInstances instances;

    @BeforeEach
    void start() throws SQLException {
        instances = new TestInstances(temporary, TestMysql.programs())
                .withDisk(DataSize.ofMegabytes(1024))
                .addFromTemplate(3);
        instances.replicate();
        try (Client client = Client.of(instances.executor(0))) {
            client.execute("CREATE DATABASE shop");
            client.execute("CREATE TABLE shop.orders (id INT AUTO_INCREMENT PRIMARY KEY, text LONGBLOB)");
        }
    }

    @AfterEach
    void stop() {
        instances.close();
    }

    private void writeMegabytes(int count) throws SQLException {
        try (Client client = Client.of(instances.executor(0))) {
            for (int i = 0; i < count; i += 4) {
                client.execute("INSERT INTO shop.orders (text) VALUES (REPEAT('x', 4194304))");
            }
        }
    }

    private List<Path> logs(int member) {
        Path folder = Path.of(instances.executor(member).config().folder(), "data", "binlog");
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.endsWith("binlog.index")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long bytes(int member) {
        return logs(member).stream().mapToLong(file -> file.toFile().length()).sum();
    }

    private void awaitWithinBudget(int member) {
        await("binary logs of member " + member + " within their budget")
                .atMost(LIMIT)
                .until(() -> bytes(member) <= BUDGET.bytes() + SLACK.bytes());
    }

    @Test
    void nothingGoesThatAnAdmittedMemberMissesAndThenItGoesEverywhere() throws SQLException {
        instances.establish(2, new Role.Fenced());
        Path first = logs(0).getFirst();
        Path firstOfReplica = logs(1).getFirst();
        writeMegabytes(320);
        await().during(Duration.ofSeconds(12))
                .atMost(LIMIT)
                .until(() -> Files.exists(first) && Files.exists(firstOfReplica));
        assertThat(bytes(0)).isGreaterThan(BUDGET.bytes() + SLACK.bytes());

        instances.establish(2, instances.replicaOf(0, true));
        instances.awaitMysql(
                2,
                report -> report.replication()
                        .filter(MysqlReport.Replication::receiving)
                        .isPresent());
        for (int member = 0; member < 3; member++) {
            awaitWithinBudget(member);
        }
        assertThat(first).doesNotExist();
        writeMegabytes(4);
        MysqlReport reached =
                instances.establish(0, TestInstances.primary(1, 1, 2)).mysql().orElseThrow();
        instances.awaitMysql(
                2, report -> report.executed().contains(reached.reached().orElseThrow()));
    }

    @Test
    void aMemberThatIsNotAdmittedDoesNotFillTheDisksOfTheOthers() throws SQLException {
        instances.establish(2, new Role.Fenced());
        instances.establish(0, TestInstances.primary(1, 1));
        writeMegabytes(320);
        awaitWithinBudget(0);
        awaitWithinBudget(1);
    }
}
