package dev.cotton.executors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.wire.Role;
import dev.cotton.mysql.TestMysql;
import dev.cotton.testing.executor.TestInstances;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A primary is stopped under writers: nobody is ever told that a commit succeeded which no replica has. */
final class StopRoutineIT {
    private static final int WRITERS = 8;

    @TempDir
    private Path temporary;

    private TestInstances instances;
    private final Set<Integer> acknowledged = new ConcurrentSkipListSet<>();
    private final AtomicInteger next = new AtomicInteger();
    private final List<Thread> writers = new ArrayList<>();

    @BeforeEach
    void start() throws SQLException {
        instances = new TestInstances(temporary, TestMysql.programs()).addFromTemplate(2);
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

    private void write() throws SQLException {
        for (int i = 0; i < WRITERS; i++) {
            Client client = Client.of(instances.executor(0));
            writers.add(Thread.ofVirtual().name("writer-" + i).start(() -> insertUntilRefused(client)));
        }
    }

    private void insertUntilRefused(Client client) {
        try (client) {
            while (true) {
                int id = next.incrementAndGet();
                client.execute("INSERT INTO shop.orders VALUES (" + id + ")");
                acknowledged.add(id);
            }
        } catch (SQLException disconnected) {
            // The end of every writer.
        }
    }

    private void join() throws InterruptedException {
        for (Thread writer : writers) {
            assertThat(writer.join(Duration.ofSeconds(60))).isTrue();
        }
    }

    private Set<Integer> onReplica() throws SQLException {
        Set<Integer> found = new ConcurrentSkipListSet<>();
        try (Client client = Client.of(instances.executor(1))) {
            String all = client.ask("SELECT JSON_ARRAYAGG(id) FROM shop.orders");
            for (String id : all.replaceAll("[\\[\\] ]", "").split(",", -1)) {
                found.add(Integer.parseInt(id));
            }
        }
        return found;
    }

    @Test
    void waitingCommitsAreNeverAcknowledgedByAStop() throws SQLException, InterruptedException {
        write();
        instances.awaitMysql(1, report -> acknowledged.size() > 200);
        instances.establish(1, new Role.Fenced());
        instances.awaitMysql(0, report -> report.semiSync().waiting() >= WRITERS);
        int before = acknowledged.size();
        instances.establish(0, new Role.Stopped());
        join();
        assertThat(acknowledged).hasSize(before);
        assertThat(onReplica()).containsAll(acknowledged);
    }

    @Test
    void aHealthyPrimaryLeavesNothingBehindThatItsReplicaHasNot() throws SQLException, InterruptedException {
        write();
        instances.awaitMysql(1, report -> acknowledged.size() > 200);
        instances.establish(0, new Role.Stopped());
        join();
        assertThat(onReplica()).containsAll(acknowledged);
    }

    @Test
    void aPrimaryThatIsToldToFollowIsKilledRatherThanTalkedIntoAcknowledging()
            throws SQLException, InterruptedException {
        write();
        instances.awaitMysql(1, report -> acknowledged.size() > 200);
        instances.establish(1, new Role.Fenced());
        instances.awaitMysql(0, report -> report.semiSync().waiting() >= WRITERS);
        int before = acknowledged.size();
        instances.establish(0, new Role.Fenced());
        join();
        assertThat(acknowledged).hasSize(before);
        assertThat(instances.calls(0).status().mysql().orElseThrow().superReadOnly())
                .isTrue();
        assertThat(onReplica()).containsAll(acknowledged);
    }
}
