package dev.cotton.executor.role;

import dev.cotton.core.model.GtidSet;
import dev.cotton.core.wire.BackupManifest.Executed;
import dev.cotton.core.wire.BackupManifest.Server;
import dev.cotton.executor.sql.Row;
import dev.cotton.executor.sql.Session;
import dev.cotton.executor.sql.SqlFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the data of this server beside them, by CLONE LOCAL. On a replica the applier stands still meanwhile, so that it
 * is known exactly which transactions the copy has:
 *
 * <ol>
 *   <li>The applier is stopped, and seen stopped. The receiver goes on, and acknowledges.
 *   <li>What is executed is noted, and a snapshot of it is taken for those who count.
 *   <li>The data are copied.
 *   <li>The reconciler starts the applier again.
 * </ol>
 *
 * <p>A primary goes on: its copy has what was executed before, and perhaps what was executed until it was complete.
 */
final class CopySteps {
    private static final Logger LOG = LoggerFactory.getLogger(CopySteps.class);

    /** A long transaction is let finish, while another role may still break this off. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    /** MySQL waits no shorter for a transaction that is being applied, and cannot be told to give that up. */
    private static final int STOP_STATEMENT_SECONDS = 2;

    private static final int STOP_TAKES_LONGER = 1876;

    private final Session session;
    private final Runnable kill;
    private final ApplierPause pause;
    private final Cancellation cancellation;

    /** @param kill ends the session, whatever it waits for; returns at once */
    CopySteps(Session session, Runnable kill, ApplierPause pause, Cancellation cancellation) {
        this.session = session;
        this.kill = kill;
        this.pause = pause;
        this.cancellation = cancellation;
    }

    /**
     * Of a replica.
     *
     * @param target does not exist yet
     * @param atPosition called while nothing is applied, before the copy is begun
     * @throws Obstacle when it cannot be made; the applier runs again, or soon
     */
    DataCopy ofReplica(Path target, Runnable atPosition) throws InterruptedException {
        long pausing = System.nanoTime();
        pause.begin();
        try {
            stopApplier();
            GtidSet executed = executed();
            atPosition.run();
            long copying = System.nanoTime();
            copy(target);
            Duration took = since(copying);
            if (!pause.end()) {
                throw new Obstacle("The applier went on before the copy was complete.");
            }
            return new DataCopy(server(), new Executed(executed, executed), since(pausing), took);
        } finally {
            pause.end();
        }
    }

    /** Of the primary of a cluster of one. Parameters and errors as for a replica. */
    DataCopy ofPrimary(Path target) {
        GtidSet before = executed();
        long copying = System.nanoTime();
        copy(target);
        Duration took = since(copying);
        GtidSet after = new Position(session).reached();
        return new DataCopy(server(), new Executed(before, after), Duration.ZERO, took);
    }

    private void copy(Path target) {
        cancellation.during(kill, () -> {
            session.execute("CLONE LOCAL DATA DIRECTORY = ?", target.toString());
            return target;
        });
    }

    private void stopApplier() throws InterruptedException {
        String before = session.first("SELECT @@GLOBAL.rpl_stop_replica_timeout AS seconds")
                .orElseThrow()
                .text("seconds");
        // safety: STOP REPLICA keeps every other one waiting, and a failover begins with one.
        session.execute("SET GLOBAL rpl_stop_replica_timeout = " + STOP_STATEMENT_SECONDS);
        try {
            session.execute("STOP REPLICA SQL_THREAD");
        } catch (SqlFailure failure) {
            if (failure.code() != STOP_TAKES_LONGER) {
                throw failure;
            }
            LOG.info("The applier is at a long transaction; it stops after it.");
        } finally {
            session.execute("SET GLOBAL rpl_stop_replica_timeout = " + Long.parseLong(before));
        }
        boolean stopped =
                Patience.until(STOP_LIMIT, () -> cancellation.cancelled() || !pause.held() || applierStopped());
        if (cancellation.cancelled() || !pause.held()) {
            goOn();
            cancellation.check();
            throw new Obstacle("Another role was established meanwhile.");
        }
        if (!stopped) {
            throw new Obstacle(
                    "The applier is at a transaction that takes longer than " + STOP_LIMIT.toSeconds() + " s.");
        }
    }

    private boolean applierStopped() {
        return ReplicationState.read(session)
                .map(state -> !state.applierRunning())
                .orElse(true);
    }

    /** The reconciler may have seen to the applier before it stopped, and looks after a replica's only. */
    private void goOn() throws InterruptedException {
        try {
            Patience.until(STOP_LIMIT, this::applierStopped);
            session.execute("START REPLICA SQL_THREAD");
        } catch (SqlFailure noSourceAnyMore) {
            LOG.info("The applier is not started again: {}", noSourceAnyMore.getMessage());
        }
    }

    private GtidSet executed() {
        return GtidSet.parse(session.first("SELECT @@GLOBAL.gtid_executed AS executed")
                .orElseThrow()
                .text("executed"));
    }

    private Server server() {
        Row row = session.first("SELECT @@version AS version, @@server_uuid AS uuid")
                .orElseThrow();
        return new Server(row.text("version"), row.text("uuid"));
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun).truncatedTo(ChronoUnit.MILLIS);
    }
}
