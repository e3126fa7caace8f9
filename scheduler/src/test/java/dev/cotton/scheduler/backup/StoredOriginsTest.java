package dev.cotton.scheduler.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.backup.BackupEntry;
import dev.cotton.core.backup.BackupProof;
import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Origin;
import dev.cotton.core.model.RestoreTarget;
import dev.cotton.core.port.BackupStore;
import dev.cotton.core.port.BackupStore.Existing;
import dev.cotton.core.port.ObjectKey;
import dev.cotton.core.storage.BackupStores;
import dev.cotton.core.wire.ArchivePiece;
import dev.cotton.core.wire.ArchivePlace;
import dev.cotton.core.wire.BackupId;
import dev.cotton.core.wire.BackupManifest;
import dev.cotton.core.wire.BackupPlace;
import dev.cotton.core.wire.DataKey;
import dev.cotton.scheduler.fleet.Origins;
import dev.cotton.scheduler.fleet.Origins.Point;
import dev.cotton.scheduler.fleet.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two backups, of the transactions 1 to 4 and 1 to 8, and an archive of those from 3 to 12, in real files. */
final class StoredOriginsTest {
    private static final String SERVER = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
    private static final ClusterName DEMO = new ClusterName("demo");
    private static final DataSize DISK = DataSize.ofMegabytes(2048);
    private static final DataKey KEY = DataKey.sealed("k1", "sealed");

    @TempDir
    private Path folder;

    private BackupStore store;
    private Catalog catalog;
    private Origins origins;

    @BeforeEach
    void fill() {
        String location = folder.resolve("store").toUri().toString().replaceFirst("/$", "");
        store = new BackupStores(Optional.empty()).open(location);
        catalog = new Catalog(location, () -> new BackupStores(Optional.empty()).open(location));
        origins = new StoredOrigins(catalog);
        backUp("b-1", 4);
        backUp("b-2", 8);
        new ArchiveCatalog(catalog).key(archive(), () -> KEY);
        archive(3, 6);
        archive(7, 12);
        catalog.refresh();
    }

    @AfterEach
    void close() {
        catalog.close();
        store.close();
    }

    private BackupPlace place(String id) {
        return catalog.place(DEMO, "u1", new BackupId(id));
    }

    private ArchivePlace archive() {
        return place("b-1").archive();
    }

    private static GtidSet gtids(long first, long last) {
        return GtidSet.parse(last == 0 ? "" : SERVER + ":" + first + "-" + last);
    }

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }

    private void backUp(String id, long last) {
        BackupManifest manifest = new BackupManifest(
                BackupManifest.VERSION,
                new BackupId(id),
                DEMO,
                "u1",
                InstanceId.parse("demo-1"),
                new BackupManifest.Server("9.7.4", SERVER),
                new BackupManifest.Executed(gtids(1, last), gtids(1, last)),
                new BackupManifest.Sizes(DataSize.ofMegabytes(64), DataSize.ofMegabytes(8)),
                "0",
                new BackupManifest.Encryption("k1", "sealed-" + id, "check"),
                "zstd",
                new BackupManifest.Spans(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO),
                at(last),
                at(last),
                List.of());
        BackupProof proof = new BackupProof(BackupProof.VERSION, at(last), "", Duration.ZERO, Duration.ZERO, 1, 0);
        JsonObjects.write(store, new ObjectKey(place(id).manifestObject()), Existing.REFUSE, manifest);
        JsonObjects.write(store, new ObjectKey(BackupEntry.proofObject(place(id))), Existing.REFUSE, proof);
    }

    private void archive(long first, long last) {
        ArchivePiece piece = new ArchivePiece(
                ArchivePiece.VERSION,
                "u1",
                SERVER,
                "binlog.000001",
                first,
                last,
                false,
                gtids(1, first - 1),
                gtids(first, last),
                at(first),
                at(last),
                4,
                "",
                new BackupManifest.Encryption("k1", "sealed", "check"));
        String data = piece.data(archive());
        JsonObjects.write(store, new ObjectKey(data), Existing.REFUSE, "12");
        JsonObjects.write(store, new ObjectKey(ArchivePiece.description(data)), Existing.REFUSE, piece);
    }

    private String found(RestoreTarget target) {
        Origin origin = origins.find(DEMO, Origins.LATEST, Optional.of(new Point(target, GtidSet.EMPTY)), DISK);
        assertThat(origin.point().orElseThrow().target()).isEqualTo(target);
        assertThat(origin.point().orElseThrow().wrappedKey()).isEqualTo("sealed");
        return origin.backup();
    }

    private void refused(String backup, Point point, String... texts) {
        assertThatThrownBy(() -> origins.find(DEMO, backup, Optional.of(point), DISK))
                .isInstanceOf(Refusal.class)
                .hasMessageContainingAll(texts);
    }

    @Test
    void theNewestBackupBeforeThePointIsTaken() {
        assertThat(catalog.entries()).hasSize(2);
        assertThat(found(new RestoreTarget.Latest())).isEqualTo("b-2");
        assertThat(found(new RestoreTarget.Time(at(10)))).isEqualTo("b-2");
        assertThat(found(new RestoreTarget.Time(at(7)))).isEqualTo("b-1");
        assertThat(found(new RestoreTarget.Through(gtids(12, 12)))).isEqualTo("b-2");
        assertThat(found(new RestoreTarget.Before(gtids(8, 8)))).isEqualTo("b-1");
        assertThat(origins.find(DEMO, Origins.LATEST, Optional.empty(), DISK).point())
                .isEmpty();
    }

    @Test
    void whatIsLeftOutIsNotInTheBackup() {
        Point without = new Point(new RestoreTarget.Latest(), gtids(6, 6));
        assertThat(origins.find(DEMO, Origins.LATEST, Optional.of(without), DISK)
                        .backup())
                .isEqualTo("b-1");
        refused("b-2", without, "from.skipGtid", "nothing was changed");
    }

    @Test
    void whatCannotBeReachedIsRefused() {
        refused(
                Origins.LATEST,
                new Point(new RestoreTarget.Time(at(13)), GtidSet.EMPTY),
                "from.toTime: The archive reaches until 1970-01-01T00:00:12Z");
        refused(
                Origins.LATEST,
                new Point(new RestoreTarget.Through(gtids(13, 13)), GtidSet.EMPTY),
                "from.toGtid: No object of the archive has the transaction");
        refused(
                Origins.LATEST,
                new Point(new RestoreTarget.Before(gtids(2, 2)), GtidSet.EMPTY),
                "from.beforeGtid: there is no proven backup of demo, and is older");
    }

    @Test
    void whatIsMissingOrCutIsNamed() {
        Point all = new Point(new RestoreTarget.Latest(), GtidSet.EMPTY);
        ObjectKey data = store.list(archive().folder())
                .map(BackupStore.Found::key)
                .filter(key -> ArchivePiece.isData(key.value()))
                .toList()
                .getLast();
        JsonObjects.write(store, data, Existing.REPLACE, "123");
        refused(Origins.LATEST, all, data.value(), "damaged");
        store.delete(data);
        refused(Origins.LATEST, all, data.value(), "missing");
        new ArchiveCatalog(catalog).remove(archive());
        refused(Origins.LATEST, all, "There is no archive of the binary logs of demo");
        assertThat(store.list(archive().prefix())).isEmpty();
    }
}
