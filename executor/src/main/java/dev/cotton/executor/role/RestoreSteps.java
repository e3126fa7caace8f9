package dev.cotton.executor.role;

import dev.cotton.core.backup.BackupException;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.RestoreTarget;
import dev.cotton.core.port.BackupStore;
import dev.cotton.core.port.BackupStoreException;
import dev.cotton.core.storage.BackupStores;
import dev.cotton.core.wire.BackupManifest;
import dev.cotton.core.wire.BackupManifest.Spans;
import dev.cotton.core.wire.Replay;
import dev.cotton.core.wire.Setup;
import dev.cotton.executor.archive.ReplayLogs.Prepared;
import dev.cotton.executor.backup.Pace;
import dev.cotton.executor.backup.StoredBackup;
import dev.cotton.executor.server.DataFolder;
import dev.cotton.executor.server.FreshData;
import dev.cotton.executor.sql.ClusterUser;
import dev.cotton.executor.sql.CottonSchema;
import dev.cotton.executor.sql.Session;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an instance's data from a backup. They take the place of the data folder when all of them were read and found
 * whole, with what is to be replayed on top of them; then that is applied, and what belonged to the copied server is put right.
 * They count only after that; before, it is begun anew. For the reconciler's thread.
 */
final class RestoreSteps {
    private static final Logger LOG = LoggerFactory.getLogger(RestoreSteps.class);
    private static final Duration READ_ONLY_LIMIT = Duration.ofSeconds(8);

    private final Supervisor supervisor;
    private final DataFolder folder;
    private final StatusBoard board;
    private final BackupStores stores;
    private final Predicate<Setup> wanted;
    private final ReplaySteps replay;

    /** What was read: the data are in place, and what is replayed lies beside them. */
    private record Fetched(BackupManifest manifest, Optional<Prepared> replay) {}

    /** @param wanted whether data for that setup are still to be made */
    RestoreSteps(
            Supervisor supervisor, DataFolder folder, StatusBoard board, BackupStores stores, Predicate<Setup> wanted) {
        this.supervisor = supervisor;
        this.folder = folder;
        this.board = board;
        this.stores = stores;
        this.wanted = wanted;
        this.replay = new ReplaySteps(folder, stores);
    }

    /** @throws Obstacle when it did not succeed; to be tried again */
    void restore(Setup setup, Setup.Backup source) throws InterruptedException {
        // What runs was started for an attempt whose end nobody knows.
        supervisor.kill();
        if (folder.hasData()) {
            folder.giveUp();
        }
        try {
            Fetched fetched = fetch(setup, source);
            new FirstStart(supervisor, wanted).await(setup);
            finish(setup, fetched);
            LOG.info("The backup {} was restored.", source.place());
        } finally {
            replay.remove();
        }
    }

    private Fetched fetch(Setup setup, Setup.Backup source) {
        try (BackupStore store = stores.open(source.place().store())) {
            StoredBackup stored =
                    new StoredBackup(store, source.place(), source.key().bytes());
            BackupManifest manifest = stored.manifest();
            Optional<Prepared> prepared = source.replay().isPresent()
                    ? Optional.of(prepare(source.replay().get(), manifest, setup))
                    : Optional.empty();
            Pace pace = pace(setup, manifest);
            FreshData.make(folder, mysql -> stored.unpack(manifest, mysql, pace));
            return new Fetched(manifest, prepared);
        } catch (BackupException | BackupStoreException failure) {
            throw new Obstacle(String.valueOf(failure.getMessage()), failure);
        } catch (IOException failure) {
            throw new Obstacle("The data could not be written: " + failure.getMessage() + ".", failure);
        }
    }

    /** Before the data, so that what cannot be replayed is found out before anything is begun. */
    private Prepared prepare(Replay wish, BackupManifest manifest, Setup setup) throws IOException {
        Spans spans = manifest.spans();
        Instant copied =
                manifest.begun().plus(spans.paused().compareTo(spans.copying()) > 0 ? spans.paused() : spans.copying());
        if (wish.target() instanceof RestoreTarget.Time(Instant instant) && instant.isBefore(copied)) {
            throw new BackupException("The backup has what was committed until " + copied + ", which is later than "
                    + instant + ". Choose an older backup. Nothing was restored.");
        }
        return replay.prepare(wish, manifest.executed().atLeast(), bytes -> check(setup));
    }

    private void check(Setup setup) {
        if (Thread.currentThread().isInterrupted() || !wanted.test(setup)) {
            throw new Obstacle("It is not wanted any more.");
        }
    }

    private Pace pace(Setup setup, BackupManifest manifest) {
        long all = Math.max(1, manifest.sizes().data().bytes());
        long[] done = {0};
        return bytes -> {
            check(setup);
            done[0] += bytes;
            board.update(picture -> picture.withProgress(Math.min(1.0, (double) done[0] / all)));
        };
    }

    private void finish(Setup setup, Fetched fetched) throws InterruptedException {
        Session session = supervisor.session();
        if (ReplicationState.read(session).isPresent()) {
            session.execute("RESET REPLICA ALL");
        }
        check(session, fetched.manifest());
        if (fetched.replay().isPresent()) {
            replay.apply(fetched.replay().get(), supervisor, session, () -> wanted.test(setup));
        }
        // Whom the copied server had let in is nobody's business here.
        new Admission(session).only(Set.of());
        ReadOnly readOnly = new ReadOnly(session);
        readOnly.butForTheExecutor();
        // Not in the binary log: the data are those of the backup, and whoever copies them copies the accounts.
        ClusterUser.ensure(
                session, setup.accounts().clusterUser(), setup.accounts().clusterPassword());
        ClusterUser.changePassword(
                session, setup.accounts().clusterUser(), setup.accounts().clusterPassword());
        // What is restored has no archive of its own yet.
        CottonSchema.endArchive(session);
        readOnly.everybody(READ_ONLY_LIMIT);
    }

    private static void check(Session session, BackupManifest manifest) {
        GtidSet executed = GtidSet.parse(session.first("SELECT @@GLOBAL.gtid_executed AS executed")
                .orElseThrow()
                .text("executed"));
        boolean between = executed.contains(manifest.executed().atLeast())
                && manifest.executed().atMost().contains(executed);
        if (!between) {
            throw new Obstacle("The restored data have the transactions " + executed + ", and the manifest says "
                    + manifest.executed().atMost() + ": they are not what was backed up.");
        }
    }
}
