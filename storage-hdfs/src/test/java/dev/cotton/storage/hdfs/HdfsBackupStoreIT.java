package dev.cotton.storage.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.port.BackupStore;
import dev.cotton.core.port.BackupStore.Existing;
import dev.cotton.core.port.BackupStoreException.CorruptException;
import dev.cotton.core.port.BackupStoreException.ExistsException;
import dev.cotton.core.port.BackupStoreException.FullException;
import dev.cotton.core.port.BackupStoreException.NotAllowedException;
import dev.cotton.core.port.BackupStoreException.UnreachableException;
import dev.cotton.core.port.BackupStoreException.UnusableLocationException;
import dev.cotton.core.port.ObjectKey;
import dev.cotton.core.storage.BackupStores;
import dev.cotton.testing.contract.BackupStoreContract;
import dev.cotton.testing.store.StoreProgram;
import dev.cotton.testing.store.TestContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

final class HdfsBackupStoreIT extends BackupStoreContract {
    private static final AtomicInteger STORES = new AtomicInteger();
    private static final ObjectKey KEY = new ObjectKey("demo/1/data");
    private static final byte[] CONTENT = TestContent.bytes(20 << 20);

    private static Hdfs hdfs;

    private final String name = "store-" + STORES.incrementAndGet();

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        hdfs = new Hdfs(folder);
    }

    @AfterAll
    static void stop() {
        hdfs.stop();
    }

    @Override
    protected String location() {
        return hdfs.location(name, "");
    }

    @Override
    protected void awaitTheEndOfKilledWriters() {
        hdfs.declareDeadWriters(name);
    }

    private void write() throws IOException {
        store().write(KEY, Existing.REFUSE, out -> out.write(CONTENT));
    }

    private org.apache.hadoop.fs.Path path(String path) {
        return new org.apache.hadoop.fs.Path("/" + name + "/" + path);
    }

    @Test
    void letsNobodyElseIn() throws IOException {
        write();

        for (String folder : new String[] {"", "demo", "demo/1"}) {
            assertThat(hdfs.client().getFileStatus(path(folder)).getPermission())
                    .hasToString("rwx------");
        }
        assertThat(hdfs.client().getFileStatus(path(KEY.value())).getPermission())
                .hasToString("rw-------");
        try (BackupStore strange = new BackupStores(Optional.empty()).open(hdfs.location(name, "&user=stranger"))) {
            assertThatThrownBy(() -> strange.read(KEY)).isInstanceOf(NotAllowedException.class);
            assertThatThrownBy(() -> strange.list("")).isInstanceOf(NotAllowedException.class);
        }
    }

    @Test
    void leavesNothingBesideTheObjects() throws IOException {
        write();
        store().delete(KEY);

        assertThat(hdfs.client().listStatus(path("")))
                .extracting(FileStatus::getPath)
                .hasSize(1);
        assertThat(hdfs.client().listStatus(path(".incomplete"))).isEmpty();
    }

    @Test
    void refusesAnObjectInThePlaceOfAFolder() throws IOException {
        write();

        for (Existing existing : Existing.values()) {
            assertThatThrownBy(() -> store().write(new ObjectKey("demo"), existing, out -> out.write(1)))
                    .isInstanceOf(ExistsException.class);
            assertThatThrownBy(() -> store().write(new ObjectKey("demo/1/data/more"), existing, out -> out.write(1)))
                    .isInstanceOf(ExistsException.class);
        }
    }

    @Test
    void saysThatTheQuotaIsUsedUp() throws IOException {
        DistributedFileSystem client = hdfs.client();
        client.mkdirs(path(""));
        client.setQuota(path(""), Long.MAX_VALUE - 1, 1 << 20);

        assertThatThrownBy(this::write).isInstanceOf(FullException.class).hasMessageContaining("quota");
        assertThat(store().list("")).isEmpty();
    }

    @Test
    void readsOnAfterTheDataNodeWasStartedAgain() throws Exception {
        write();
        ByteArrayOutputStream got = new ByteArrayOutputStream();

        try (InputStream in = store().read(KEY)) {
            got.write(in.readNBytes(1 << 20));
            MiniDFSCluster.DataNodeProperties stopped = hdfs.cluster().stopDataNode(0);
            hdfs.cluster().restartDataNode(stopped, false);
            hdfs.cluster().waitActive();
            in.transferTo(got);
        }

        assertThat(Arrays.equals(got.toByteArray(), CONTENT)).isTrue();
    }

    @Test
    void leavesNothingToBeSeenOfAWriteWhoseDataNodeWasKilled() throws Exception {
        MiniDFSCluster.DataNodeProperties[] stopped = new MiniDFSCluster.DataNodeProperties[1];
        try {
            assertThatThrownBy(() -> store().write(KEY, Existing.REFUSE, out -> {
                        out.write(CONTENT);
                        stopped[0] = hdfs.cluster().stopDataNode(0);
                        out.write(CONTENT);
                    }))
                    .isInstanceOf(UnreachableException.class)
                    .hasMessageContaining(KEY.value());
        } finally {
            hdfs.cluster().restartDataNode(stopped[0], false);
            hdfs.cluster().waitActive();
        }

        assertThat(store().list("")).isEmpty();
        assertThat(hdfs.client().listStatus(path(".incomplete"))).isEmpty();
        write();
        assertThat(store().stat(KEY)).isPresent();
    }

    @Test
    void saysThatTheNameNodeCannotBeReached() throws IOException {
        write();
        hdfs.cluster().shutdownNameNode(0);
        try {
            assertThatThrownBy(() -> store().stat(KEY)).isInstanceOf(UnreachableException.class);
            assertThatThrownBy(() -> store().write(new ObjectKey("other"), Existing.REPLACE, out -> out.write(1)))
                    .isInstanceOf(UnreachableException.class);
        } finally {
            hdfs.cluster().restartNameNode(0);
        }

        assertThat(store().stat(KEY)).isPresent();
        assertThat(store().removeIncomplete(Duration.ZERO)).isZero();
    }

    @Test
    void saysThatABlockIsDamaged() throws Exception {
        write();
        hdfs.cluster()
                .corruptReplica(
                        0,
                        hdfs.client()
                                .getClient()
                                .getLocatedBlocks("/" + name + "/" + KEY, 0)
                                .get(0)
                                .getBlock());

        assertThatThrownBy(() -> {
                    try (InputStream in = store().read(KEY)) {
                        in.readAllBytes();
                    }
                })
                .isInstanceOf(CorruptException.class);
    }

    @Test
    void hasAFolderWithAllThatAProgramNeeds(@TempDir Path home) throws Exception {
        StoreProgram program = new StoreProgram(home);
        assertThat(program.run(location(), Logger.class)).contains("hdfs:// needs");

        program.add("hdfs", Path.of("target", "store"));
        assertThat(program.run(location(), Logger.class)).contains("hello\n1\n");
    }

    @Test
    void saysWhatIsWrongWithALocation() {
        BackupStores stores = new BackupStores(Optional.empty());

        assertThatThrownBy(() -> stores.open("hdfs://127.0.0.1:8020")).isInstanceOf(UnusableLocationException.class);
        assertThatThrownBy(() -> stores.open("hdfs:///backups?configuration=/nowhere"))
                .isInstanceOf(UnusableLocationException.class)
                .hasMessageContaining("/nowhere");
        assertThatThrownBy(() -> stores.open("hdfs:///backups?principal=cotton@REALM"))
                .isInstanceOf(UnusableLocationException.class)
                .hasMessageContaining("keytab");
        assertThatThrownBy(() -> stores.open("hdfs:///backups?principal=cotton@REALM&keytab=/nowhere"))
                .isInstanceOf(UnusableLocationException.class)
                .hasMessageContaining("/nowhere");
    }
}
