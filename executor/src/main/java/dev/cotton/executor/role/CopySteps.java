package dev.cotton.executor.role;

import dev.cotton.core.model.GtidSet;
import dev.cotton.core.wire.BackupManifest.Executed;
import dev.cotton.core.wire.BackupManifest.Server;
import dev.cotton.executor.sql.Row;
import dev.cotton.executor.sql.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

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
     * @param stop of this very server
     * @param atPosition called while nothing is applied, before the copy is begun
     * @throws Obstacle when it cannot be made; the applier runs again, or soon
     */
    DataCopy ofReplica(Path target, ApplierStop stop, Runnable atPosition) throws InterruptedException {
        long pausing = System.nanoTime();
        pause.begin();
        try {
            stop.take(cancellation::cancelled);
            cancellation.check();
            GtidSet executed = executed();
            atPosition.run();
            long copying = System.nanoTime();
            copy(target);
            Duration took = since(copying);
            if (!pause.end()) {
                throw new Obstacle("The applier went on before the copy was complete. Nothing is kept of it.");
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
