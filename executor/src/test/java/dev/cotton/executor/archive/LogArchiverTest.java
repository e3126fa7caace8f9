package dev.cotton.executor.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.backup.BackupException;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.RestoreTarget;
import dev.cotton.core.port.BackupStore;
import dev.cotton.core.storage.BackupStores;
import dev.cotton.core.wire.ArchivePiece;
import dev.cotton.core.wire.ArchivePlace;
import dev.cotton.core.wire.DataKey;
import dev.cotton.core.wire.Replay;
import dev.cotton.executor.archive.LogArchiver.Finished;
import dev.cotton.executor.archive.LogArchiver.Step;
import dev.cotton.executor.archive.ReplayLogs.Prepared;
import dev.cotton.executor.binlog.BinlogReaderTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogArchiverTest {
    private static final String SERVER = "4602f948-eaac-11f1-9baa-02fc00000001";
    private static final String OTHER = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
    private static final GtidSet FIRST = GtidSet.parse(SERVER + ":1-3");
    private static final GtidSet REST = GtidSet.parse(OTHER + ":42," + OTHER + ":mytag:7:300");
    private static final GtidSet SECOND_LOG = GtidSet.parse(SERVER + ":4");
    private static final GtidSet ALL = FIRST.union(REST).union(SECOND_LOG);
    private static final DataKey KEY =
            new DataKey(Base64.getEncoder().encodeToString(new byte[32]), "key-1", "wrapped");

    @TempDir
    private Path temporary;

    private Path binlogs;
    private BackupStore store;
    private ArchivePlace place;
    private StoredArchive archive;

    @BeforeEach
    void prepare() throws IOException {
        binlogs = Files.createDirectory(temporary.resolve("binlog"));
        bring("binlog.000001");
        bring("binlog.000002");
        place = new ArchivePlace("file://" + temporary.resolve("store"), "demo/binlogs", "uid-1");
        store = new BackupStores(Optional.empty()).open(place.store());
        archive = new StoredArchive(store, place, KEY);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void bring(String log) throws IOException {
        try (InputStream in = Objects.requireNonNull(BinlogReaderTest.class.getResourceAsStream(log))) {
            Files.copy(in, binlogs.resolve(log));
        }
    }

    private LogArchiver begun(GtidSet base) throws IOException {
        LogArchiver archiver = new LogArchiver(archive, place, binlogs, SERVER);
        archiver.begin(base);
        return archiver;
    }

    /** Archives all of both logs, the first in two pieces. */
    private Finished archiveAll(LogArchiver archiver) throws IOException {
        archiver.step(FIRST);
        archiver.step(ALL);
        Finished finished = archiver.step(ALL).finished().orElseThrow();
        archiver.step(ALL);
        return finished;
    }

    @Test
    void whatIsNotCommittedIsNotArchived() throws IOException {
        LogArchiver archiver = begun(GtidSet.EMPTY);
        Step step = archiver.step(FIRST);
        assertThat(step.written().orElseThrow().transactions()).isEqualTo(FIRST);
        assertThat(step.written().orElseThrow().before()).isEqualTo(GtidSet.EMPTY);
        assertThat(archiver.step(FIRST).written()).isEmpty();
        assertThat(archiver.archived()).isEqualTo(FIRST);
        ArchivePiece rest = archiver.step(ALL).written().orElseThrow();
        assertThat(rest.transactions()).isEqualTo(REST);
        assertThat(rest.before()).isEqualTo(FIRST);
        assertThat(archive.pieces()).hasSize(2);
    }

    @Test
    void whatTheOldestBackupHasIsRemovedButOfTheLogThatIsFollowed() throws IOException {
        archiveAll(begun(GtidSet.EMPTY));
        assertThat(archive.pieces()).hasSize(3);
        begun(FIRST);
        assertThat(archive.pieces()).extracting(ArchivePiece::transactions).containsExactly(REST, SECOND_LOG);
        begun(ALL);
        assertThat(archive.pieces()).extracting(ArchivePiece::transactions).containsExactly(SECOND_LOG);
    }

    @Test
    void aFinishedLogBecomesOneObject() throws IOException {
        LogArchiver archiver = begun(GtidSet.EMPTY);
        Finished finished = archiveAll(archiver);
        assertThat(archive.pieces()).hasSize(3);
        archiver.whole(finished);
        List<ArchivePiece> pieces = archive.pieces();
        assertThat(pieces).extracting(ArchivePiece::whole).containsExactly(true, false);
        assertThat(pieces.getFirst().transactions()).isEqualTo(FIRST.union(REST));
        assertThat(store.list("").count()).isEqualTo(4);
    }

    @Test
    void anotherBeginsWithWhatIsMissing() throws IOException {
        archiveAll(begun(GtidSet.EMPTY));
        LogArchiver next = begun(GtidSet.EMPTY);
        assertThat(next.archived()).isEqualTo(ALL);
        assertThat(next.step(ALL).written()).isEmpty();
        LogArchiver inTheMiddle = new LogArchiver(archive, place, binlogs, OTHER);
        inTheMiddle.begin(GtidSet.EMPTY);
        assertThat(inTheMiddle.lacking()).isEqualTo(GtidSet.EMPTY);
        assertThat(inTheMiddle.step(ALL).written().orElseThrow().log()).isEqualTo("binlog.000002");
    }

    @Test
    void whatWasPurgedIsNamedUnlessABackupHasIt() throws IOException {
        Files.delete(binlogs.resolve("binlog.000001"));
        assertThat(begun(GtidSet.EMPTY).lacking()).isEqualTo(FIRST.union(REST));
        assertThat(begun(FIRST.union(REST)).lacking()).isEqualTo(GtidSet.EMPTY);
    }

    @Test
    void whatAnEndedWriterLeftIsRemoved() throws IOException {
        ArchivePiece piece = begun(GtidSet.EMPTY).step(FIRST).written().orElseThrow();
        Files.delete(temporary.resolve("store").resolve(ArchivePiece.description(piece.data(place))));
        LogArchiver archiver = begun(GtidSet.EMPTY);
        assertThat(store.list("").count()).isZero();
        assertThat(archiver.step(ALL).written().orElseThrow().transactions()).isEqualTo(FIRST.union(REST));
    }

    private Prepared prepared(RestoreTarget target, GtidSet skip, GtidSet executed) throws IOException {
        Path folder = Files.createTempDirectory(temporary, "replay");
        return ReplayLogs.prepare(archive, new Replay(place, KEY, target, skip), executed, folder, bytes -> {});
    }

    @Test
    void aReplayHasExactlyTheWantedTransactions() throws IOException {
        archiveAll(begun(GtidSet.EMPTY));
        GtidSet third = GtidSet.parse(SERVER + ":3");
        assertThat(prepared(new RestoreTarget.Before(third), GtidSet.EMPTY, GtidSet.EMPTY)
                        .transactions())
                .isEqualTo(GtidSet.parse(SERVER + ":1-2"));
        assertThat(prepared(new RestoreTarget.Through(third), GtidSet.EMPTY, GtidSet.parse(SERVER + ":1"))
                        .transactions())
                .isEqualTo(GtidSet.parse(SERVER + ":2-3"));
        Prepared latest = prepared(new RestoreTarget.Latest(), third, GtidSet.EMPTY);
        assertThat(latest.transactions()).isEqualTo(ALL.minus(third));
        assertThat(latest.skipped()).containsExactly(third);
        assertThat(latest.logs()).hasSize(2);
    }

    @Test
    void aPieceInThePlaceOfAnotherIsRefused() throws IOException {
        archiveAll(begun(GtidSet.EMPTY));
        List<ArchivePiece> pieces = archive.pieces();
        Path root = temporary.resolve("store");
        Path second = root.resolve(pieces.get(1).data(place));
        byte[] bytes = Files.readAllBytes(root.resolve(pieces.get(0).data(place)));
        Files.write(second, java.util.Arrays.copyOf(bytes, (int) Files.size(second)));
        assertThatThrownBy(() -> prepared(new RestoreTarget.Latest(), GtidSet.EMPTY, GtidSet.EMPTY))
                .isInstanceOf(BackupException.class)
                .hasMessageStartingWith(pieces.get(1).data(place) + " cannot be used: it is damaged");
    }
}
