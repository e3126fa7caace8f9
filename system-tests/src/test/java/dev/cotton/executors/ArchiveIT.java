package dev.cotton.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.Durability;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.RestoreTarget;
import dev.cotton.core.port.BackupStore;
import dev.cotton.core.storage.BackupStores;
import dev.cotton.core.wire.ArchiveOrder;
import dev.cotton.core.wire.ArchivePiece;
import dev.cotton.core.wire.ArchivePlace;
import dev.cotton.core.wire.ArchiveReport;
import dev.cotton.core.wire.ArchiveReport.Phase;
import dev.cotton.core.wire.BackupId;
import dev.cotton.core.wire.BackupOrder;
import dev.cotton.core.wire.BackupPlace;
import dev.cotton.core.wire.BackupReport;
import dev.cotton.core.wire.DataKey;
import dev.cotton.core.wire.ExecutorApi;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.Replay;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Setup;
import dev.cotton.core.wire.Status;
import dev.cotton.executor.archive.StoredArchive;
import dev.cotton.mysql.TestMysql;
import dev.cotton.testing.executor.TestInstances;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is committed is soon in the archive, and comes back up to any transaction. */
final class ArchiveIT {
    private static final DataKey KEY = key("a key of thirty-two bytes exactly".substring(0, 32));
    private static final Duration RECOVERY_POINT = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path temporary;

    private TestInstances instances;
    private Path store;

    private static DataKey key(String secret) {
        return new DataKey(
                Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.US_ASCII)), "key-1", "wrapped");
    }

    @BeforeEach
    void start() throws SQLException {
        instances = new TestInstances(temporary, TestMysql.programs())
                .withDisk(DataSize.ofMegabytes(1024))
                .addFromTemplate(2);
        instances.replicate();
        store = temporary.resolve("instances").resolve("store");
        try (Client client = Client.of(instances.executor(0))) {
            client.execute("CREATE DATABASE shop");
            client.execute("CREATE TABLE shop.orders (id INT AUTO_INCREMENT PRIMARY KEY, text VARCHAR(300))");
            client.execute("CREATE TABLE shop.stock (id INT AUTO_INCREMENT PRIMARY KEY, text LONGBLOB)");
        }
    }

    @AfterEach
    void stop() {
        instances.close();
    }

    private ArchivePlace archive() {
        return new ArchivePlace("file://" + store, "demo/binlogs", "uid-1");
    }

    private BackupPlace backup() {
        return new BackupPlace("file://" + store, "demo/backup", "uid-1", new BackupId("one"));
    }

    private void archive(int member) {
        ArchiveOrder order = new ArchiveOrder(instances.nextStamp(), archive(), KEY, GtidSet.EMPTY);
        assertThat(instances.calls(member).archive(order).accepted()).isTrue();
    }

    private ArchiveReport awaitArchive(int member, Predicate<ArchiveReport> wanted) {
        return instances
                .awaitStatus(member, status -> status.archive().filter(wanted).isPresent())
                .archive()
                .orElseThrow();
    }

    private GtidSet executed(int member) throws SQLException {
        try (Client client = Client.of(instances.executor(member))) {
            return GtidSet.parse(client.ask("SELECT @@GLOBAL.gtid_executed"));
        }
    }

    private void awaitArchived(int member, GtidSet transactions) {
        awaitArchive(member, report -> report.archived().contains(transactions));
    }

    private List<ArchivePiece> pieces() {
        try (BackupStore opened = new BackupStores(Optional.empty()).open("file://" + store)) {
            return new StoredArchive(opened, archive(), KEY).pieces();
        }
    }

    private Path data(ArchivePiece piece) {
        return store.resolve(piece.data(archive()));
    }

    private List<Path> logs(int member) {
        Path folder = Path.of(instances.executor(member).config().folder(), "data", "binlog");
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.endsWith("binlog.index")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void backUp(int member) {
        BackupOrder order = new BackupOrder(instances.nextStamp(), backup(), KEY, Optional.empty());
        assertThat(instances.calls(member).backup(order).accepted()).isTrue();
        BackupReport report = instances
                .awaitStatus(
                        member,
                        status -> status.backup().filter(BackupReport::over).isPresent())
                .backup()
                .orElseThrow();
        assertThat(report.failure()).isEmpty();
    }

    private void restore(int member, RestoreTarget target, GtidSet skip) {
        restore(member, target, skip, KEY);
    }

    private void restore(int member, RestoreTarget target, GtidSet skip, DataKey key) {
        Replay replay = new Replay(archive(), key, target, skip);
        instances
                .calls(member)
                .setup(new Setup(
                        instances.nextStamp(),
                        member,
                        Durability.LOSSLESS,
                        Map.of(),
                        new Setup.Accounts(TestInstances.USER, TestInstances.PASSWORD, TestInstances.ROOT),
                        new Setup.Backup(backup(), KEY, Optional.of(replay))));
        instances.assign(member, new Role.Fenced());
    }

    private String count(int member, String table) throws SQLException {
        try (Client client = Client.of(instances.executor(member))) {
            return client.ask("SELECT COUNT(*) FROM " + table);
        }
    }

    @Test
    void aDroppedTableComesBackAlsoAfterAFailover() throws Exception {
        archive(0);
        backUp(1);
        Instant before;
        GtidSet drop;
        try (Client client = Client.of(instances.executor(0))) {
            client.execute("INSERT INTO shop.orders (text) VALUES ('one'), ('two')");
            client.execute("INSERT INTO shop.orders (text) VALUES ('three')");
            before = Instant.now();
            client.execute("DROP TABLE shop.orders");
            drop = Binlogs.find(logs(0), "DROP TABLE `shop`.`orders`");
            client.execute("INSERT INTO shop.stock (text) VALUES ('after')");
        }
        GtidSet ofTheFirst = executed(0);
        instances.awaitMysql(1, report -> report.executed().contains(ofTheFirst));
        long mysqld = instances.calls(0).status().usage().processId().orElseThrow();
        instances.executor(0).kill();
        ProcessHandle.of(mysqld).orElseThrow().destroyForcibly();
        instances.establish(1, new Role.Primary(0, Set.of(), false));
        archive(1);
        try (Client client = Client.of(instances.executor(1))) {
            client.execute("INSERT INTO shop.stock (text) VALUES ('after the failover')");
        }
        awaitArchived(1, executed(1));
        assertThat(pieces().stream().map(ArchivePiece::server).distinct()).hasSize(2);

        int undone = instances.add();
        restore(undone, new RestoreTarget.Before(drop), GtidSet.EMPTY);
        int past = instances.add();
        restore(past, new RestoreTarget.Latest(), drop);
        int earlier = instances.add();
        restore(earlier, new RestoreTarget.Time(before), GtidSet.EMPTY);
        for (int member : List.of(undone, past, earlier)) {
            instances.awaitStatus(member, ArchiveIT::running);
            assertThat(count(member, "shop.orders")).isEqualTo("3");
        }
        assertThat(count(undone, "shop.stock")).isEqualTo("0");
        assertThat(count(earlier, "shop.stock")).isEqualTo("0");
        assertThat(count(past, "shop.stock")).isEqualTo("2");
        assertThat(executed(past).contains(drop)).isTrue();
        refusals(drop);
    }

    private static boolean running(Status status) {
        assertThat(status.detail()).doesNotContain("Nothing was restored");
        return status.lifecycle() == Lifecycle.RUNNING
                && status.role().filter(Status.RoleReport::established).isPresent();
    }

    private void refusals(GtidSet drop) throws IOException {
        assertThat(instances.calls(1).delete(ExecutorApi.ARCHIVE).statusCode()).isEqualTo(204);
        // Logs of both servers may have it; which one is read does not matter.
        List<ArchivePiece> needed = pieces().stream()
                .filter(piece -> piece.transactions().contains(drop))
                .toList();
        int member = instances.add();
        restore(member, new RestoreTarget.Through(drop), GtidSet.EMPTY, key("0123456789abcdef0123456789abcdef"));
        refused(member, ".zst.enc was encrypted with another key");
        restore(member, new RestoreTarget.Time(Instant.now().plusSeconds(60)), GtidSet.EMPTY);
        refused(member, "The archive reaches until");
        for (ArchivePiece piece : needed) {
            byte[] changed = Files.readAllBytes(data(piece));
            changed[changed.length / 2] ^= 1;
            Files.write(data(piece), changed);
        }
        restore(member, new RestoreTarget.Before(drop), GtidSet.EMPTY);
        assertThat(needed).anyMatch(names(refused(member, ".zst.enc cannot be used: it is damaged")));
        for (ArchivePiece piece : needed) {
            byte[] all = Files.readAllBytes(data(piece));
            Files.write(data(piece), Arrays.copyOf(all, all.length - 1));
        }
        restore(member, new RestoreTarget.Through(drop), GtidSet.EMPTY);
        assertThat(needed).anyMatch(names(refused(member, "bytes instead of")));
        for (ArchivePiece piece : needed) {
            Files.delete(data(piece));
        }
        restore(member, new RestoreTarget.Before(drop), GtidSet.EMPTY);
        assertThat(needed).anyMatch(names(refused(member, "is missing")));
        for (ArchivePiece piece : needed) {
            Files.delete(store.resolve(ArchivePiece.description(piece.data(archive()))));
        }
        restore(member, new RestoreTarget.Through(drop), GtidSet.EMPTY);
        refused(member, "No object of the archive has the transaction " + drop);
    }

    private Predicate<ArchivePiece> names(String sentence) {
        return piece -> sentence.contains(piece.data(archive()));
    }

    private String refused(int member, String sentence) {
        Status status = instances.awaitStatus(member, seen -> seen.detail().contains(sentence));
        assertThat(status.incarnation()).isEmpty();
        assertThat(status.detail()).contains("Nothing was restored");
        Path read = Path.of(instances.executor(member).config().folder(), "replay");
        await().atMost(SOON).until(() -> !Files.exists(read));
        return status.detail();
    }

    @Test
    void whatIsNotAcknowledgedIsNotArchivedAndWhatIsNotArchivedIsNotPurged() throws Exception {
        archive(0);
        try (AcknowledgedWrites writes = AcknowledgedWrites.begin(instances.executor(0))) {
            await().atMost(SOON).until(() -> writes.count() > 100);
            awaitArchived(0, executed(0));
            await().during(Duration.ofSeconds(4)).atMost(SOON).until(() -> {
                ArchiveReport report = instances.calls(0).status().archive().orElseThrow();
                return report.phase() == Phase.RUNNING && report.lag().compareTo(RECOVERY_POINT) < 0;
            });
        }
        unacknowledged();
        Path away = temporary.resolve("away");
        Files.move(store, away);
        Files.writeString(store, "no folder");
        awaitArchive(0, report -> report.phase() == Phase.FAILED);
        Path first = logs(0).getFirst();
        try (Client client = Client.of(instances.executor(0))) {
            for (int i = 0; i < 80; i++) {
                client.execute("INSERT INTO shop.stock (text) VALUES (REPEAT('x', 4194304))");
            }
        }
        instances.executor(0).kill();
        instances.executor(0).start();
        instances.awaitStatus(0, status -> status.mysql().isPresent());
        instances.establish(0, TestInstances.primary(1, 1));
        await().during(Duration.ofSeconds(8)).atMost(SOON).until(() -> Files.exists(first));
        archive(0);
        ArchiveReport late = awaitArchive(0, report -> report.phase() == Phase.FAILED);
        assertThat(late.trouble()).contains("nothing is purged meanwhile");
        Files.delete(store);
        Files.move(away, store);
        awaitArchived(0, executed(0));
        await().atMost(SOON).until(() -> !Files.exists(first));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(pieces())
                        .filteredOn(ArchivePiece::whole)
                        .extracting(ArchivePiece::log)
                        .contains(String.valueOf(first.getFileName())));
    }

    private void unacknowledged() throws Exception {
        instances.signal(1, "STOP");
        Thread waiting = Thread.ofVirtual().start(() -> {
            try (Client client = Client.of(instances.executor(0))) {
                client.execute("CREATE TABLE shop.waits (id INT PRIMARY KEY)");
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        });
        await().atMost(SOON).until(() -> Binlogs.has(logs(0), "CREATE TABLE shop.waits"));
        GtidSet gtid = Binlogs.find(logs(0), "CREATE TABLE shop.waits");
        await().during(Duration.ofSeconds(5))
                .atMost(SOON)
                .until(() -> !instances
                        .calls(0)
                        .status()
                        .archive()
                        .orElseThrow()
                        .archived()
                        .contains(gtid));
        assertThat(pieces()).noneMatch(piece -> piece.transactions().contains(gtid));
        instances.signal(1, "CONT");
        waiting.join(SOON);
        awaitArchived(0, gtid);
    }
}
