package dev.cotton.executor.role;

import dev.cotton.core.backup.BackupException;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.port.BackupStore;
import dev.cotton.core.port.BackupStoreException;
import dev.cotton.core.storage.BackupStores;
import dev.cotton.core.wire.ArchiveOrder;
import dev.cotton.core.wire.ArchivePiece;
import dev.cotton.core.wire.ArchiveReport;
import dev.cotton.core.wire.ArchiveReport.Phase;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.Status.RoleReport;
import dev.cotton.executor.archive.LogArchiver;
import dev.cotton.executor.archive.StoredArchive;
import dev.cotton.executor.server.DataFolder;
import dev.cotton.executor.sql.CottonSchema;
import dev.cotton.executor.sql.Session;
import dev.cotton.executor.sql.Sessions.Scope;
import dev.cotton.executor.sql.SqlFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an archive, from its order to the end of the primary's role. It goes on only while this server is known to be the
 * primary: the role is established, and a heartbeat has been committed in it, so that all in the binary log that comes
 * before was acknowledged, also what a crash had left there. For a thread of its own.
 */
final class ArchiveRun implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveRun.class);
    private static final Duration PACE = Duration.ofSeconds(2);
    private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(9);
    private static final Duration NOTABLE_LAG = Duration.ofMinutes(1);
    private static final double ALMOST_FULL = 0.85;

    private final ArchiveOrder order;
    private final DataFolder folder;
    private final StatusBoard board;
    private final BackupStores stores;
    private final Supplier<Optional<Server>> server;
    private volatile boolean ended;
    private volatile GtidSet archived = GtidSet.EMPTY;
    private volatile Instant complete = Instant.now();
    private Optional<Instant> upTo = Optional.empty();
    private long written;

    ArchiveRun(
            ArchiveOrder order,
            DataFolder folder,
            StatusBoard board,
            BackupStores stores,
            Supplier<Optional<Server>> server) {
        this.order = order;
        this.folder = folder;
        this.board = board;
        this.stores = stores;
        this.server = server;
    }

    ArchiveOrder order() {
        return order;
    }

    /** What is in the archive, or need not be. */
    GtidSet covered() {
        return archived.union(order.base());
    }

    /** Nothing more is begun, and nothing told. */
    void end() {
        ended = true;
    }

    @Override
    public void run() {
        LOG.info("The binary logs are archived in {}.", order.place());
        tell(Phase.WAITING, GtidSet.EMPTY, "");
        try (ExecutorService whole = Executors.newSingleThreadExecutor(
                Thread.ofVirtual().name("archive-whole").factory())) {
            try {
                while (!ended) {
                    attempt(whole);
                    Thread.sleep(PACE);
                }
            } finally {
                whole.shutdownNow();
            }
        } catch (InterruptedException end) {
            LOG.debug("Nothing more is archived.");
        }
    }

    private void attempt(ExecutorService whole) throws InterruptedException {
        try (BackupStore store = stores.open(order.place().store())) {
            Optional<Server> primary = primary();
            while (!ended && primary.isEmpty()) {
                tell(Phase.WAITING, archived, "Nothing was committed in this role yet.");
                Thread.sleep(PACE);
                primary = primary();
            }
            if (!ended) {
                follow(store, primary.orElseThrow(), whole);
            }
        } catch (SqlFailure | BackupException | BackupStoreException | IOException | UncheckedIOException failure) {
            failed(String.valueOf(failure.getMessage()));
        } catch (RuntimeException unexpected) {
            LOG.error("An unexpected error in the archive.", unexpected);
            failed("An unexpected error, see the executor's log: " + unexpected.getMessage());
        }
    }

    /** The mysqld that is certainly the primary's. */
    private Optional<Server> primary() {
        Picture picture = board.picture();
        boolean committed = Archives.primary(picture)
                && picture.role().filter(RoleReport::established).isPresent()
                && picture.mysql().flatMap(MysqlReport::heartbeatAge).isPresent();
        return committed
                ? server.get().filter(now -> picture.usage().processId().equals(Optional.of(now.processId())))
                : Optional.empty();
    }

    private void follow(BackupStore store, Server primary, ExecutorService whole)
            throws IOException, InterruptedException {
        note(primary);
        String uuid = board.picture().mysql().orElseThrow().serverUuid();
        LogArchiver archiver = new LogArchiver(
                new StoredArchive(store, order.place(), order.key()),
                order.place(),
                folder.data().resolve("binlog"),
                uuid);
        archiver.begin(order.base());
        archived = archiver.archived();
        try (Session session = primary.sessions().open(Scope.THIS_SERVER, STATEMENT_LIMIT)) {
            while (!ended && primary().filter(primary::equals).isPresent()) {
                round(archiver, session, whole);
                Thread.sleep(PACE);
            }
        }
    }

    /** From now on no member purges what is not archived. */
    private static void note(Server primary) {
        try (Session session = primary.sessions().open(Scope.CLUSTER, STATEMENT_LIMIT)) {
            CottonSchema.beginArchive(session);
            session.execute("SET GLOBAL binlog_expire_logs_auto_purge = OFF");
        }
    }

    private void round(LogArchiver archiver, Session session, ExecutorService whole) throws IOException {
        boolean more = true;
        while (more && !ended) {
            Instant asked = Instant.now();
            GtidSet executed = GtidSet.parse(session.first("SELECT @@GLOBAL.gtid_executed AS executed")
                    .orElseThrow()
                    .text("executed"));
            // safety: what was asked for after the role had ended may never have been acknowledged.
            if (primary().isEmpty()) {
                return;
            }
            LogArchiver.Step step = archiver.step(executed);
            more = step.more();
            archived = archiver.archived();
            step.written().ifPresent(piece -> {
                written += piece.length();
                upTo = Optional.of(piece.last());
            });
            complete = more
                    ? step.written()
                            .map(ArchivePiece::last)
                            .filter(complete::isAfter)
                            .orElse(complete)
                    : asked;
            step.finished().ifPresent(log -> whole.execute(() -> whole(archiver, log)));
            tell(Phase.RUNNING, archived, trouble(archiver));
        }
    }

    private static void whole(LogArchiver archiver, LogArchiver.Finished log) {
        try {
            archiver.whole(log);
        } catch (IOException | RuntimeException failed) {
            LOG.warn("The archived pieces of {} stay as they are: {}", log.file(), failed.toString());
        }
    }

    private static String trouble(LogArchiver archiver) {
        return archiver.lacking().isEmpty()
                ? ""
                : "The archive lacks the transactions " + archiver.lacking()
                        + ", which this server has purged: a restore cannot pass them. Make a new backup.";
    }

    private void failed(String why) {
        if (!ended) {
            LOG.warn("The binary logs are not archived now, which is tried again: {}", why);
            tell(Phase.FAILED, archived, why + " It is tried again; nothing is purged meanwhile." + filling());
        }
    }

    private String filling() {
        double fullness = board.picture().usage().disk().fullness();
        boolean late = Duration.between(complete, Instant.now()).compareTo(NOTABLE_LAG) > 0;
        return late && fullness > ALMOST_FULL
                ? " The disk is " + Math.round(fullness * 100)
                        + "% full, because binary logs that are not archived are kept."
                : "";
    }

    private void tell(Phase phase, GtidSet archived, String trouble) {
        ArchiveReport report =
                new ArchiveReport(phase, archived, upTo, complete, Duration.ZERO, new DataSize(written), trouble);
        board.update(picture -> ended ? picture : picture.withArchive(Optional.of(report)));
    }
}
