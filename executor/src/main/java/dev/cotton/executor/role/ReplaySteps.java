package dev.cotton.executor.role;

import dev.cotton.core.model.GtidSet;
import dev.cotton.core.port.BackupStore;
import dev.cotton.core.storage.BackupStores;
import dev.cotton.core.wire.Replay;
import dev.cotton.executor.archive.ReplayLogs;
import dev.cotton.executor.archive.ReplayLogs.Prepared;
import dev.cotton.executor.archive.StoredArchive;
import dev.cotton.executor.backup.Pace;
import dev.cotton.executor.provision.FileTree;
import dev.cotton.executor.server.DataFolder;
import dev.cotton.executor.sql.Session;
import dev.cotton.executor.sql.Sessions.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does again what came after a backup. First all of it is read into relay logs beside the data; then the server's own applier
 * works on these, on a channel without a source. For the reconciler's thread.
 */
final class ReplaySteps {
    private static final Logger LOG = LoggerFactory.getLogger(ReplaySteps.class);
    private static final Duration LIMIT = Duration.ofHours(24);
    private static final Duration PACE = Duration.ofMillis(100);
    private static final String CHANNEL = " FOR CHANNEL 'replay'";

    private final DataFolder folder;
    private final BackupStores stores;

    ReplaySteps(DataFolder folder, BackupStores stores) {
        this.folder = folder;
        this.stores = stores;
    }

    private Path prepared() {
        return folder.root().resolve("replay");
    }

    /**
     * Reads what is needed, or finds out that it cannot be had.
     *
     * @param executed what the backup has at least
     * @param pace sees what is read
     * @throws dev.cotton.executor.backup.BackupException naming what is the matter
     */
    Prepared prepare(Replay replay, GtidSet executed, Pace pace) throws IOException {
        remove();
        Files.createDirectory(
                prepared(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (BackupStore store = stores.open(replay.archive().store())) {
            StoredArchive archive = new StoredArchive(store, replay.archive(), replay.key());
            return ReplayLogs.prepare(archive, replay, executed, prepared(), pace);
        }
    }

    /** Removes what was read; what stays is removed the next time. */
    void remove() {
        try {
            new FileTree(prepared()).delete();
        } catch (IOException stays) {
            LOG.warn("What was read to be replayed is still there: {}", stays.toString());
        }
    }

    /**
     * Applies it on the server that runs on the restored data.
     *
     * @param session whose statements do not go to the binary log
     * @param wanted whether it is to go on
     * @throws Obstacle when a transaction cannot be applied, or it is not wanted any more
     */
    void apply(Prepared prepared, Supervisor supervisor, Session session, BooleanSupplier wanted)
            throws InterruptedException {
        new ReadOnly(session).butForTheExecutor();
        try (Session cluster = supervisor.open(Scope.CLUSTER)) {
            prepared.skipped().forEach(gtid -> skip(cluster, gtid));
        }
        if (prepared.logs().isEmpty()) {
            return;
        }
        String first = bring(prepared.logs());
        session.execute("CHANGE REPLICATION SOURCE TO SOURCE_HOST = 'replay', RELAY_LOG_FILE = '" + first
                + "', RELAY_LOG_POS = 4" + CHANNEL);
        session.execute("START REPLICA SQL_THREAD" + CHANNEL);
        await(prepared.transactions(), session, wanted);
        session.execute("STOP REPLICA" + CHANNEL);
        session.execute("RESET REPLICA ALL" + CHANNEL);
    }

    private static void skip(Session session, GtidSet gtid) {
        session.execute("SET gtid_next = '" + gtid + "'");
        session.execute("BEGIN");
        session.execute("COMMIT");
        session.execute("SET gtid_next = 'AUTOMATIC'");
    }

    /** Moves the logs to where the channel looks for them. */
    private String bring(List<Path> logs) {
        Path relay = folder.data().resolve("relay");
        try {
            for (Path log : logs) {
                Files.move(log, relay.resolve(log.getFileName()));
            }
            String index = logs.stream().map(ReplaySteps::named).collect(Collectors.joining("\n", "", "\n"));
            Files.writeString(relay.resolve("relay-replay.index"), index);
            return named(logs.getFirst());
        } catch (IOException failed) {
            throw new Obstacle("The logs to be replayed could not be moved: " + failed.getMessage() + ".", failed);
        }
    }

    /** As mysqld names it, relative to its data. */
    private static String named(Path log) {
        return "../relay/" + log.getFileName();
    }

    private static void await(GtidSet transactions, Session session, BooleanSupplier wanted)
            throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!executed(session).contains(transactions)) {
            trouble(session).ifPresent(text -> {
                throw new Obstacle("A transaction of the archive cannot be applied: " + text + ".");
            });
            if (!wanted.getAsBoolean() || System.nanoTime() - deadline > 0) {
                throw new Obstacle("It is not wanted any more, or has taken too long.");
            }
            Thread.sleep(PACE);
        }
    }

    private static GtidSet executed(Session session) {
        return GtidSet.parse(session.first("SELECT @@GLOBAL.gtid_executed AS executed")
                .orElseThrow()
                .text("executed"));
    }

    private static Optional<String> trouble(Session session) {
        return session
                .query(
                        "SELECT LAST_ERROR_MESSAGE AS message FROM performance_schema.replication_applier_status_by_worker"
                                + " WHERE CHANNEL_NAME = 'replay' AND LAST_ERROR_NUMBER <> 0 UNION ALL SELECT LAST_ERROR_MESSAGE"
                                + " FROM performance_schema.replication_applier_status_by_coordinator"
                                + " WHERE CHANNEL_NAME = 'replay' AND LAST_ERROR_NUMBER <> 0")
                .stream()
                .map(row -> row.text("message"))
                .findFirst();
    }
}
