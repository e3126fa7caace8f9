package dev.cotton.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.Durability;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.port.BackupStore;
import dev.cotton.core.port.ObjectKey;
import dev.cotton.core.storage.BackupStores;
import dev.cotton.core.wire.BackupId;
import dev.cotton.core.wire.BackupManifest;
import dev.cotton.core.wire.BackupOrder;
import dev.cotton.core.wire.BackupPlace;
import dev.cotton.core.wire.BackupReport;
import dev.cotton.core.wire.BackupReport.Phase;
import dev.cotton.core.wire.DataKey;
import dev.cotton.core.wire.ExecutorApi;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.MysqlReport.Replication;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Setup;
import dev.cotton.core.wire.Status;
import dev.cotton.core.wire.TableCount;
import dev.cotton.core.wire.VerificationOrder;
import dev.cotton.core.wire.VerificationReport;
import dev.cotton.executor.backup.StoredBackup;
import dev.cotton.mysql.TestMysql;
import dev.cotton.testing.executor.TestInstances;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data of an instance go to a store and come back. */
final class BackupIT {
    private static final DataKey KEY = key("a key of thirty-two bytes exactly".substring(0, 32));
    private static final Optional<DataSize> SLOWLY = Optional.of(DataSize.ofMegabytes(1));
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path temporary;

    private TestInstances instances;
    private String store;

    private static DataKey key(String secret) {
        return new DataKey(
                Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.US_ASCII)), "key-1", "wrapped");
    }

    @BeforeEach
    void prepare() {
        instances = new TestInstances(temporary, TestMysql.programs());
        store = "file://" + temporary.resolve("instances").resolve("store");
    }

    private void start(int members) throws SQLException {
        instances.addFromTemplate(members);
        if (members > 1) {
            instances.replicate();
        } else {
            instances.establish(0, new Role.Primary(0, Set.of(), false));
        }
        try (Client client = Client.of(instances.executor(0))) {
            client.execute("CREATE DATABASE shop");
            client.execute("CREATE TABLE shop.orders (id INT AUTO_INCREMENT PRIMARY KEY, text VARCHAR(300))");
        }
    }

    @AfterEach
    void stop() {
        instances.close();
    }

    private BackupPlace place(String id) {
        return new BackupPlace(store, "demo/" + id, "uid-1", new BackupId(id));
    }

    private BackupOrder order(String id, Optional<DataSize> throttle) {
        return new BackupOrder(instances.nextStamp(), place(id), KEY, throttle);
    }

    private BackupReport awaitBackup(int member, Predicate<BackupReport> wanted) {
        return instances
                .awaitStatus(member, status -> status.backup().filter(wanted).isPresent())
                .backup()
                .orElseThrow();
    }

    private BackupReport over(int member) {
        return awaitBackup(member, BackupReport::over);
    }

    private BackupManifest manifest(String id) {
        try (BackupStore opened = new BackupStores(Optional.empty()).open(store)) {
            return new StoredBackup(opened, place(id), KEY.bytes()).manifest();
        }
    }

    private List<ObjectKey> objects() {
        try (BackupStore opened = new BackupStores(Optional.empty()).open(store)) {
            return opened.list("").map(BackupStore.Found::key).toList();
        }
    }

    private Path scratch(int member) {
        return Path.of(instances.executor(member).config().folder(), "scratch");
    }

    private void fill(int megabytes) throws SQLException {
        try (Client client = Client.of(instances.executor(0))) {
            client.execute("USE shop");
            client.execute("CREATE TABLE shop.stock (id INT AUTO_INCREMENT PRIMARY KEY, text VARCHAR(1100))");
            client.execute(
                    "INSERT INTO shop.stock (text) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                            + " WHERE i < 900) SELECT CONCAT(REPEAT(SHA2(RAND(), 256), 4), REPEAT('x', 800)) FROM n");
            for (int size = 1; size < megabytes; size *= 2) {
                client.execute("INSERT INTO shop.stock (text) SELECT CONCAT(SHA2(RAND(), 256), SUBSTRING(text, 65))"
                        + " FROM shop.stock");
            }
        }
    }

    private void makeOddTables() throws SQLException {
        try (Client client = Client.of(instances.executor(0))) {
            client.execute("CREATE TABLE shop.`odd ``name` (a JSON, b GEOMETRY, c BLOB, d DOUBLE,"
                    + " e VARCHAR(20) CHARACTER SET latin1, f BIT(5), g DATETIME(6), h INT AS (d * 2))");
            client.execute("INSERT INTO shop.`odd ``name` (a, b, c, d, e, f, g) VALUES"
                    + " ('{\"k\": [1, null]}', ST_GeomFromText('POINT(1 2)'), x'00ff', 1.5, 'ü', 3, NOW(6)),"
                    + " (NULL, NULL, NULL, NULL, NULL, NULL, NULL)");
            client.execute("CREATE TABLE shop.nothing (id INT)");
        }
    }

    private GtidSet executed() throws SQLException {
        try (Client client = Client.of(instances.executor(0))) {
            return GtidSet.parse(client.ask("SELECT @@GLOBAL.gtid_executed"));
        }
    }

    private static boolean applies(MysqlReport report) {
        return report.replication()
                .filter(Replication::receiving)
                .filter(Replication::applierRunning)
                .isPresent();
    }

    @Test
    void aReplicaUnderLoadIsBackedUpAndAnInstanceIsMadeFromIt() throws Exception {
        start(2);
        fill(128);
        makeOddTables();
        GtidSet filled = executed();
        instances.awaitMysql(1, report -> report.executed().contains(filled));
        try (AcknowledgedWrites writes = AcknowledgedWrites.begin(instances.executor(0))) {
            await().atMost(SOON).until(() -> writes.count() > 50);
            BackupOrder order = order("one", Optional.empty());
            assertThat(instances.calls(1).backup(order).accepted()).isTrue();
            BackupReport done = over(1);
            assertThat(done.failure()).isEmpty();
            assertThat(done.phase()).isEqualTo(Phase.DONE);
            assertThat(done.manifest()).contains(manifest("one").withoutTables());
            long during = writes.count();
            await().atMost(SOON).until(() -> writes.count() > during + 50);
            assertThat(writes.longestGap()).isLessThan(Duration.ofSeconds(1));
            assertThat(instances.calls(1).backup(order).accepted()).isTrue();
            assertThat(instances.calls(1).status().backup()).contains(done);
        }
        MysqlReport replica = instances.awaitMysql(1, BackupIT::applies);
        assertThat(replica.executed().contains(manifest("one").executed().atMost()))
                .isTrue();
        assertThat(scratch(1)).doesNotExist();
        restored(manifest("one"));
    }

    private void restored(BackupManifest manifest) throws SQLException {
        assertThat(manifest.executed().exact()).isTrue();
        assertThat(manifest.tables())
                .extracting(TableCount::name)
                .containsExactly("shop.nothing", "shop.odd `name", "shop.orders", "shop.stock");
        assertThat(manifest.tables()).allMatch(table -> table.counted().isPresent());
        int member = instances.add();
        String password = "another 'secret'";
        instances.calls(member).setup(setup(member, "uid-1", KEY, password));
        Status status = instances.establish(member, new Role.Fenced());
        MysqlReport mysql = status.mysql().orElseThrow();
        assertThat(mysql.executed()).isEqualTo(manifest.executed().atLeast());
        assertThat(mysql.serverUuid()).isNotEqualTo(manifest.server().uuid());
        assertThat(mysql.replication()).isEmpty();
        assertThat(mysql.superReadOnly()).isTrue();

        assertThat(verified(member, "whole").differences()).isEmpty();
        instances.establish(member, new Role.Primary(0, Set.of(), false));
        try (Client client = Client.of(instances.executor(member), TestInstances.USER, password, SOON)) {
            for (TableCount table : manifest.tables()) {
                assertThat(client.ask("SELECT COUNT(*) FROM `" + table.schema() + "`.`"
                                + table.table().replace("`", "``") + "`"))
                        .isEqualTo(String.valueOf(table.counted().orElseThrow().rows()));
            }
            client.execute("UPDATE shop.orders SET text = 'changed' ORDER BY id LIMIT 1");
            client.execute("DELETE FROM shop.stock LIMIT 2");
            client.execute("CREATE TABLE shop.more (id INT)");
        }
        instances.establish(member, new Role.Fenced());
        VerificationReport found = verified(member, "changed");
        assertThat(found.tables()).isEqualTo(5);
        assertThat(found.uncounted()).isEqualTo(1);
        assertThat(found.differences())
                .hasSize(4)
                .anyMatch(text -> text.startsWith("The transactions here are "))
                .contains("shop.more is here and not in the backup's manifest.")
                .anyMatch(text -> text.startsWith("shop.orders has as many rows as it should"))
                .anyMatch(text -> text.startsWith("shop.stock has "));
    }

    private VerificationReport verified(int member, String id) {
        VerificationOrder order = new VerificationOrder(instances.nextStamp(), new BackupId(id), place("one"));
        assertThat(instances.calls(member).verify(order).accepted()).isTrue();
        VerificationReport report = instances
                .awaitStatus(
                        member,
                        status -> status.verification()
                                .filter(seen -> seen.id().equals(order.id()) && seen.over())
                                .isPresent())
                .verification()
                .orElseThrow();
        assertThat(report.failure()).isEmpty();
        assertThat(report.phase()).isEqualTo(VerificationReport.Phase.DONE);
        assertThat(report.done()).isEqualTo(report.tables());
        return report;
    }

    private Setup setup(int member, String cluster, DataKey key, String password) {
        String root = Base64.getEncoder().encodeToString(new byte[32]);
        BackupPlace of = new BackupPlace(store, "demo/one", cluster, new BackupId("one"));
        return new Setup(
                instances.nextStamp(),
                member,
                Durability.LOSSLESS,
                Map.of(),
                new Setup.Accounts(TestInstances.USER, password, root),
                new Setup.Backup(of, key));
    }

    @Test
    void thePrimaryOfAClusterOfOneGoesOn() throws SQLException {
        start(1);
        assertThat(instances.calls(0).backup(order("one", Optional.empty())).accepted())
                .isTrue();
        assertThat(over(0).failure()).isEmpty();
        BackupManifest manifest = manifest("one");
        assertThat(manifest.executed().atMost().contains(manifest.executed().atLeast()))
                .isTrue();
        assertThat(manifest.spans().paused()).isZero();

        damaged(manifest);
    }

    private void damaged(BackupManifest manifest) {
        int member = instances.add();
        instances.calls(member).setup(setup(member, "uid-1", key("0123456789abcdef0123456789abcdef"), "p"));
        instances.assign(member, new Role.Fenced());
        refused(member, "another key");
        instances.calls(member).setup(setup(member, "uid-2", KEY, "p"));
        refused(member, "not of one of uid-2");
        flip(temporary.resolve("instances/store").resolve(place("one").dataObject()));
        instances.calls(member).setup(setup(member, "uid-1", KEY, "p"));
        refused(member, "data.tar.zst.enc");
        flip(temporary.resolve("instances/store").resolve(place("one").dataObject()));
        Status restored = instances.awaitStatus(member, status -> status.lifecycle() == Lifecycle.RUNNING);
        assertThat(restored.incarnation()).isPresent();
        assertThat(manifest.tables()).isEmpty();
    }

    private void refused(int member, String sentence) {
        Status status = instances.awaitStatus(member, seen -> seen.detail().contains(sentence));
        assertThat(status.incarnation()).isEmpty();
        assertThat(status.lifecycle()).isEqualTo(Lifecycle.PREPARING);
        assertThat(Path.of(instances.executor(member).config().folder(), "data.fresh"))
                .doesNotExist();
    }

    private static void flip(Path file) {
        try (RandomAccessFile data = new RandomAccessFile(file.toFile(), "rw")) {
            long middle = data.length() / 2;
            data.seek(middle);
            int octet = data.read();
            data.seek(middle);
            data.write(octet ^ 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anotherRoleEndsIt() throws SQLException {
        start(2);
        instances.calls(1).backup(order("one", SLOWLY));
        awaitBackup(1, report -> report.phase() == Phase.STORING);
        instances.establish(1, new Role.Fenced());
        BackupReport ended = over(1);
        assertThat(ended.phase()).isEqualTo(Phase.CANCELLED);
        assertThat(ended.failure()).contains("another role");
        await().atMost(SOON).untilAsserted(() -> assertThat(scratch(1)).doesNotExist());
        assertThat(objects()).isEmpty();
        Status fenced = instances.calls(1).status();
        assertThat(fenced.mysql()
                        .flatMap(MysqlReport::replication)
                        .orElseThrow()
                        .applierRunning())
                .isTrue();
    }

    @Test
    void anotherRoleIsEstablishedAlsoWhileTheApplierIsAtALongTransaction() throws SQLException {
        start(2);
        try (Client blocker = Client.of(instances.executor(1));
                Client client = Client.of(instances.executor(0))) {
            client.execute("INSERT INTO shop.orders VALUES (1, 'first')");
            MysqlReport primary = instances.calls(0).status().mysql().orElseThrow();
            instances.awaitMysql(1, report -> report.executed().contains(primary.executed()));
            await().atMost(SOON)
                    .until(() -> blocker.ask("SELECT COUNT(*) FROM shop.orders").equals("1"));
            blocker.execute("BEGIN");
            blocker.ask("SELECT * FROM shop.orders WHERE id = 1 FOR SHARE");
            client.execute("UPDATE shop.orders SET text = 'second'");
            instances.calls(1).backup(order("one", Optional.empty()));
            awaitBackup(1, report -> report.phase() == Phase.COPYING);
            long begun = System.nanoTime();
            instances.establish(1, new Role.Fenced());
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
        }
        assertThat(over(1).phase()).isEqualTo(Phase.CANCELLED);
        MysqlReport received = instances.calls(1).status().mysql().orElseThrow();
        instances.awaitMysql(1, report -> report.executed().contains(received.received()));
    }

    @Test
    void cancellingEndsIt() throws SQLException {
        start(2);
        instances.calls(1).backup(order("one", SLOWLY));
        awaitBackup(1, report -> report.phase() == Phase.STORING);
        assertThat(instances.calls(1).backup(order("two", SLOWLY)).accepted()).isFalse();
        assertThat(instances.calls(1).delete(ExecutorApi.BACKUP + "/two").statusCode())
                .isEqualTo(204);
        assertThat(instances.calls(1).status().backup().orElseThrow().over()).isFalse();
        assertThat(instances.calls(1).delete(ExecutorApi.BACKUP + "/one").statusCode())
                .isEqualTo(204);
        assertThat(over(1).phase()).isEqualTo(Phase.CANCELLED);
        assertThat(objects()).isEmpty();
    }

    @Test
    void anExecutorKilledInTheMiddleLeavesNothing() throws SQLException {
        start(2);
        instances.calls(1).backup(order("one", SLOWLY));
        awaitBackup(1, report -> report.phase() == Phase.STORING);
        assertThat(scratch(1)).isNotEmptyDirectory();
        instances.executor(1).kill();
        instances.executor(1).start();
        Status status = instances.awaitStatus(1, seen -> seen.lifecycle() == Lifecycle.RUNNING);
        assertThat(status.backup()).isEmpty();
        await().atMost(SOON).untilAsserted(() -> assertThat(scratch(1)).doesNotExist());
        assertThat(objects()).isEmpty();
        instances.awaitMysql(1, BackupIT::applies);
    }
}
