package dev.cotton.executor.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.backup.BackupException;
import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.port.BackupStore;
import dev.cotton.core.port.BackupStore.Written;
import dev.cotton.core.port.BackupStoreException;
import dev.cotton.core.port.ObjectKey;
import dev.cotton.core.storage.BackupStores;
import dev.cotton.core.wire.BackupId;
import dev.cotton.core.wire.BackupManifest;
import dev.cotton.core.wire.BackupPlace;
import dev.cotton.core.wire.TableCount;
import dev.cotton.testing.store.TestContent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoredBackupTest {
    private static final byte[] KEY = TestContent.bytes(32);
    private static final GtidSet EXECUTED = GtidSet.parse("3e11fa47-71ca-11e1-9e33-c80aa9429562:1-77");

    /** More than one segment of the encryption, and what cannot be compressed. */
    private static final byte[] CONTENT = TestContent.bytes(3 << 20);

    @TempDir
    private Path temporary;

    private Path source;
    private BackupStore store;
    private BackupPlace place;
    private StoredBackup backup;

    @BeforeEach
    void open() throws IOException {
        source = Files.createDirectory(temporary.resolve("source"));
        Files.write(source.resolve("ibdata1"), CONTENT);
        place = new BackupPlace("file://" + temporary.resolve("store"), "demo/one", "uid-1", new BackupId("one"));
        store = new BackupStores(Optional.empty()).open(place.store());
        backup = new StoredBackup(store, place, KEY);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private BackupManifest written() {
        Written written = backup.write(source, _ -> {});
        BackupManifest manifest = manifest(written);
        backup.complete(manifest);
        return manifest;
    }

    private BackupManifest manifest(Written written) {
        Instant now = Instant.parse("2026-11-27T10:15:30.123Z");
        return new BackupManifest(
                BackupManifest.VERSION,
                place.id(),
                new ClusterName("demo"),
                place.cluster(),
                InstanceId.parse("demo-1"),
                new BackupManifest.Server("9.7.0", "3e11fa47-71ca-11e1-9e33-c80aa9429562"),
                new BackupManifest.Executed(EXECUTED, EXECUTED),
                new BackupManifest.Sizes(new DataSize(CONTENT.length), new DataSize(written.length())),
                written.sha256(),
                new BackupManifest.Encryption("key-1", "wrapped", backup.keyCheck()),
                "zstd",
                new BackupManifest.Spans(
                        Duration.ofMillis(1100), Duration.ofMillis(900), Duration.ZERO, Duration.ofSeconds(7)),
                now,
                now.plusSeconds(9),
                List.of(new TableCount("shop", "orders", 1, Optional.of(new TableCount.Rows(3, "0000002a-99")))));
    }

    private Path object(String key) {
        return temporary.resolve("store").resolve(key);
    }

    private void failsWith(StoredBackup reader, BackupManifest manifest, String sentence) {
        Path target = temporary.resolve("target");
        assertThatThrownBy(() -> reader.unpack(manifest, target, _ -> {}))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("demo/one/data.tar.zst.enc")
                .hasMessageContaining(sentence);
    }

    @Test
    void whatWasWrittenIsReadAgain() {
        BackupManifest manifest = written();
        assertThat(backup.manifest()).isEqualTo(manifest);
        backup.unpack(manifest, temporary.resolve("target"), _ -> {});
        assertThat(temporary.resolve("target").resolve("ibdata1")).hasBinaryContent(CONTENT);
    }

    @Test
    void theManifestSaysWhatItIsAndHasNoSecret() throws IOException {
        written();
        assertThat(Files.readString(object(place.manifestObject())))
                .contains("\"version\":1", "\"begun\":\"2026-11-27T10:15:30.123Z\"", "\"paused\":\"PT1.1S\"")
                .contains("\"atLeast\":\"" + EXECUTED + "\"", "\"wrappedKey\":\"wrapped\"")
                .doesNotContain(Base64.getEncoder().encodeToString(KEY));
    }

    @Test
    void aChangedByteInTheMiddleIsFound() throws IOException {
        BackupManifest manifest = written();
        try (RandomAccessFile file =
                new RandomAccessFile(object(place.dataObject()).toFile(), "rw")) {
            long middle = file.length() / 2;
            file.seek(middle);
            int octet = file.read();
            file.seek(middle);
            file.write(octet ^ 1);
        }
        failsWith(backup, manifest, "is damaged");
    }

    @Test
    void anObjectThatIsTooShortIsFound() throws IOException {
        BackupManifest manifest = written();
        long all = Files.size(object(place.dataObject()));
        try (RandomAccessFile file =
                new RandomAccessFile(object(place.dataObject()).toFile(), "rw")) {
            file.setLength(all / 2);
        }
        failsWith(backup, manifest, "it has " + all / 2 + " bytes instead of " + all);
    }

    @Test
    void anEndThatCameTooEarlyIsFoundEvenWhenTheManifestAgrees() throws IOException {
        written();
        byte[] all = Files.readAllBytes(object(place.dataObject()));
        byte[] cut = Arrays.copyOf(all, 1 << 20);
        Files.write(object(place.dataObject()), cut);
        BackupManifest agreeing = manifest(new Written(new ObjectKey("x"), cut.length, TestContent.sha256(cut)));
        failsWith(backup, agreeing, "is damaged");
    }

    @Test
    void bytesAfterTheEndAreFound() throws IOException {
        written();
        byte[] all = Files.readAllBytes(object(place.dataObject()));
        byte[] more = Arrays.copyOf(all, all.length + 10);
        Files.write(object(place.dataObject()), more);
        BackupManifest agreeing = manifest(new Written(new ObjectKey("x"), more.length, TestContent.sha256(more)));
        failsWith(backup, agreeing, "is damaged");
    }

    @Test
    void anotherKeyIsToldFromDamage() {
        BackupManifest manifest = written();
        StoredBackup reader = new StoredBackup(store, place, Arrays.copyOf(TestContent.bytes(33), 32));
        failsWith(reader, manifest, "another key");
    }

    @Test
    void missingDataAreNamed() {
        BackupManifest manifest = written();
        store.delete(new ObjectKey(place.dataObject()));
        failsWith(backup, manifest, "has no");
    }

    @Test
    void aBackupWithoutManifestIsNone() {
        backup.write(source, _ -> {});
        assertThatThrownBy(() -> backup.manifest())
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("There is no backup")
                .hasMessageContaining("demo/one/manifest.json");
        written();
        assertThat(backup.manifest().id()).isEqualTo(place.id());
    }

    @Test
    void aBackupIsNeverReplaced() {
        written();
        assertThatThrownBy(() -> backup.write(source, _ -> {}))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("There is a backup");
        backup.discard();
        assertThat(store.stat(new ObjectKey(place.dataObject()))).isPresent();
    }

    @Test
    void theBackupOfAnotherClusterInItsPlaceIsRefused() {
        written();
        BackupPlace other = new BackupPlace(place.store(), place.prefix(), "uid-2", place.id());
        assertThatThrownBy(() -> new StoredBackup(store, other, KEY).manifest())
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("not of one of uid-2");
    }

    @Test
    void whatIsGivenUpLeavesNothing() {
        assertThatThrownBy(() -> backup.write(source, _ -> {
                    throw new IllegalStateException("enough");
                }))
                .hasMessage("enough");
        assertThat(store.list("")).isEmpty();
    }

    @Test
    void aStoreThatCannotBeWrittenSaysSo() throws IOException {
        Files.writeString(temporary.resolve("store"), "no folder");
        assertThatThrownBy(this::written).isInstanceOf(BackupStoreException.class);
    }
}
