package dev.cotton.executor.role;

import dev.cotton.core.backup.BackupException;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.port.BackupStore;
import dev.cotton.core.port.BackupStore.Written;
import dev.cotton.core.port.BackupStoreException;
import dev.cotton.core.storage.BackupStores;
import dev.cotton.core.wire.BackupManifest;
import dev.cotton.core.wire.BackupManifest.Encryption;
import dev.cotton.core.wire.BackupManifest.Sizes;
import dev.cotton.core.wire.BackupManifest.Spans;
import dev.cotton.core.wire.BackupOrder;
import dev.cotton.core.wire.BackupReport;
import dev.cotton.core.wire.BackupReport.Phase;
import dev.cotton.executor.backup.Pace;
import dev.cotton.executor.backup.StoredBackup;
import dev.cotton.executor.backup.Throttle;
import dev.cotton.executor.role.ConcurrentCount.Counted;
import dev.cotton.executor.server.DataFolder;
import dev.cotton.executor.server.FolderSize;
import dev.cotton.executor.sql.Session;
import dev.cotton.executor.sql.Sessions.Scope;
import dev.cotton.executor.sql.SqlFailure;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One backup, from its order to its end, which the board tells of. For a thread of its own. */
final class BackupRun {
    private static final Logger LOG = LoggerFactory.getLogger(BackupRun.class);
    private static final Duration LONGEST_COPY = Duration.ofHours(24);

    private final BackupOrder order;
    private final boolean ofReplica;
    private final Parts parts;
    private final Cancellation cancellation = new Cancellation();
    private final Instant begun = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private BackupReport report;

    /**
     * What it works with.
     *
     * @param server the run of mysqld that answers
     */
    record Parts(
            InstanceId instance,
            DataFolder folder,
            StatusBoard board,
            BackupStores stores,
            ApplierPause pause,
            Supplier<Optional<Server>> server,
            Runnable wakeReconciler) {}

    /** What was copied, and what counts it; absent on a primary. */
    private record Copied(DataCopy copy, Optional<ConcurrentCount> count) {}

    /** @param ofReplica whether there is an applier to be paused */
    BackupRun(BackupOrder order, boolean ofReplica, Parts parts) {
        this.order = order;
        this.ofReplica = ofReplica;
        this.parts = parts;
        this.report = BackupReport.begun(order.id());
    }

    BackupOrder order() {
        return order;
    }

    /** Ends it soon, if it is not over. */
    void cancel(String why) {
        cancellation.cancel(why);
    }

    /** Runs it on the mysqld that answers. */
    void run(Server server) {
        try {
            tell(report);
            LOG.info("The backup {} begins.", order.place());
            new Scratch(parts.folder().scratch()).renew();
            checkRoom();
            BackupManifest manifest = made(server);
            tell(report.finished(manifest));
            LOG.info(
                    "The backup {} is complete: {} in the store.",
                    order.place(),
                    manifest.sizes().stored());
        } catch (Cancellation.Cancelled end) {
            ended(Phase.CANCELLED, end.getMessage());
        } catch (InterruptedException end) {
            ended(Phase.CANCELLED, "The executor ends.");
        } catch (Obstacle | SqlFailure | BackupException | BackupStoreException | UncheckedIOException failure) {
            ended(Phase.FAILED, String.valueOf(failure.getMessage()));
        } catch (RuntimeException unexpected) {
            LOG.error("An unexpected error in a backup.", unexpected);
            ended(Phase.FAILED, "An unexpected error, see the executor's log: " + unexpected.getMessage());
        } finally {
            parts.pause().end();
            parts.wakeReconciler().run();
            if (!parts.pause().unsettled()) {
                new Scratch(parts.folder().scratch()).remove();
            }
        }
    }

    private void ended(Phase end, String sentence) {
        boolean cancelled = cancellation.cancelled();
        String told = cancelled ? cancellation.reason() : sentence;
        LOG.warn("The backup {} was not made: {}", order.place(), told);
        tell(report.ended(cancelled ? Phase.CANCELLED : end, told));
    }

    private void tell(BackupReport next) {
        report = next;
        parts.board().update(picture -> picture.withBackup(next));
    }

    private void checkRoom() {
        DataSize data = new FolderSize(parts.folder().mysql(), Optional.empty()).measured();
        new Scratch(parts.folder().scratch())
                .lacking(data, parts.board().picture().usage().diskFree())
                .ifPresent(sentence -> {
                    throw new Obstacle(sentence);
                });
    }

    private BackupManifest made(Server server) throws InterruptedException {
        tell(report.at(Phase.COPYING, new DataSize(0), new DataSize(0)));
        try (Session copying = server.sessions().open(Scope.THIS_SERVER, LONGEST_COPY);
                Session counting =
                        server.sessions().open(Scope.THIS_SERVER, TableCounting.STATEMENT_LIMIT.multipliedBy(2))) {
            CopySteps steps = new CopySteps(copying, Connections.ending(server, copying), parts.pause(), cancellation);
            Path target = new Scratch(parts.folder().scratch()).copy();
            if (!ofReplica) {
                return store(new Copied(steps.ofPrimary(target), Optional.empty()));
            }
            TableCounting tables = new TableCounting(counting, cancellation);
            Runnable kill = Connections.ending(server, counting);
            DataCopy copy = steps.ofReplica(
                    target, new ApplierStop(server, parts.server(), parts.pause()), tables::takeSnapshot);
            parts.wakeReconciler().run();
            try (ConcurrentCount count = ConcurrentCount.begin(() -> cancellation.during(kill, tables::count), kill)) {
                return store(new Copied(copy, Optional.of(count)));
            }
        }
    }

    private BackupManifest store(Copied copied) throws InterruptedException {
        Scratch scratch = new Scratch(parts.folder().scratch());
        DataSize size = new FolderSize(scratch.copy(), Optional.empty()).measured();
        try (BackupStore store = parts.stores().open(order.place().store())) {
            StoredBackup stored =
                    new StoredBackup(store, order.place(), order.key().bytes());
            tell(report.at(Phase.STORING, new DataSize(0), size));
            long begins = System.nanoTime();
            Written written = stored.write(scratch.copy(), pace(size));
            Duration storing = since(begins);
            try {
                BackupManifest manifest = manifest(copied, size, written, stored.keyCheck(), storing);
                cancellation.check();
                stored.complete(manifest);
                return manifest;
            } catch (InterruptedException | RuntimeException failed) {
                stored.discard();
                throw failed;
            }
        }
    }

    private Counted counted(Copied copied) throws InterruptedException {
        if (copied.count().isEmpty()) {
            return new Counted(List.of(), Duration.ZERO);
        }
        tell(report.at(Phase.COUNTING, new DataSize(0), new DataSize(0)));
        return copied.count().get().get();
    }

    private Pace pace(DataSize size) {
        Throttle throttle = new Throttle(order.throttle(), System.nanoTime());
        long[] done = {0};
        return bytes -> {
            cancellation.check();
            done[0] += bytes;
            tell(report.at(Phase.STORING, new DataSize(done[0]), size));
            Duration pause = throttle.after(bytes, System.nanoTime());
            if (pause.isPositive()) {
                try {
                    Thread.sleep(pause);
                } catch (InterruptedException end) {
                    Thread.currentThread().interrupt();
                    cancellation.check();
                }
            }
        };
    }

    private BackupManifest manifest(Copied copied, DataSize size, Written written, String check, Duration storing)
            throws InterruptedException {
        DataCopy copy = copied.copy();
        Counted counted = counted(copied);
        return new BackupManifest(
                BackupManifest.VERSION,
                order.id(),
                parts.instance().cluster(),
                order.place().cluster(),
                parts.instance(),
                copy.server(),
                copy.executed(),
                new Sizes(size, new DataSize(written.length())),
                written.sha256(),
                new Encryption(order.key().id(), order.key().wrapped(), check),
                "zstd",
                new Spans(copy.paused(), copy.copying(), counted.took().truncatedTo(ChronoUnit.MILLIS), storing),
                begun,
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                counted.tables());
    }

    private static Duration since(long begins) {
        return Duration.ofNanos(System.nanoTime() - begins).truncatedTo(ChronoUnit.MILLIS);
    }
}
