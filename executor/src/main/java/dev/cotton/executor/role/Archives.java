package dev.cotton.executor.role;

import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.Stamp;
import dev.cotton.core.storage.BackupStores;
import dev.cotton.core.wire.Answer;
import dev.cotton.core.wire.ArchiveOrder;
import dev.cotton.core.wire.Assignment;
import dev.cotton.core.wire.Role;
import dev.cotton.executor.server.DataFolder;
import dev.cotton.executor.sql.CottonSchema;
import dev.cotton.executor.sql.Session;
import dev.cotton.executor.sql.Sessions.Scope;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes the order to keep an archive, and ends it with the primary's role. Thread-safe. */
final class Archives implements AutoCloseable {
    private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(9);

    private final DataFolder folder;
    private final StatusBoard board;
    private final BackupStores stores;
    private final Supplier<Optional<Server>> server;
    private volatile Optional<Running> latest = Optional.empty();

    private record Running(ArchiveRun run, Thread thread) {}

    /** @param server the run of mysqld that answers */
    Archives(DataFolder folder, StatusBoard board, BackupStores stores, Supplier<Optional<Server>> server) {
        this.folder = folder;
        this.board = board;
        this.stores = stores;
        this.server = server;
    }

    /** @param highest stamp seen */
    synchronized Answer order(ArchiveOrder order, Stamp highest) {
        if (order.stamp().compareTo(highest) < 0) {
            return new Answer(false, highest, "A newer scheduler has given orders.");
        }
        if (!primary(board.picture())) {
            return new Answer(false, highest, "An archive is kept by the primary, and this instance is none.");
        }
        if (latest.filter(running ->
                        running.thread().isAlive() && running.run().order().sameAs(order))
                .isEmpty()) {
            end();
            begin(order);
        }
        return new Answer(true, highest, "");
    }

    static boolean primary(Picture picture) {
        return picture.role()
                .filter(report -> report.role() instanceof Role.Primary)
                .isPresent();
    }

    private void begin(ArchiveOrder order) {
        ArchiveRun run = new ArchiveRun(order, folder, board, stores, server);
        Thread thread = Thread.ofVirtual().name("archive").unstarted(run);
        latest = Optional.of(new Running(run, thread));
        thread.start();
    }

    /** What may be purged, as far as the archive goes. */
    GtidSet covered() {
        return latest.map(running -> running.run().covered()).orElse(GtidSet.EMPTY);
    }

    /**
     * Ends it, and on a primary lets every member purge again what is not archived.
     *
     * @throws dev.cotton.executor.sql.SqlFailure when that could not be written
     */
    synchronized void stop() {
        end();
        Optional<Server> answering = server.get().filter(_ -> primary(board.picture()));
        if (answering.isPresent()) {
            try (Session session = answering.get().sessions().open(Scope.CLUSTER, STATEMENT_LIMIT)) {
                CottonSchema.endArchive(session);
            }
        }
    }

    /** A role was ordered, perhaps the same as before. */
    synchronized void ordered(Assignment assignment) {
        if (!(assignment.role() instanceof Role.Primary)) {
            end();
        }
    }

    private void end() {
        latest.ifPresent(running -> {
            running.run().end();
            running.thread().interrupt();
        });
        latest = Optional.empty();
        board.update(picture -> picture.withArchive(Optional.empty()));
    }

    /** Ends what is being done; there is still an archive. */
    @Override
    public synchronized void close() {
        end();
    }
}
