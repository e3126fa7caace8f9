package dev.cotton.executor.role;

import dev.cotton.executor.sql.Session;
import dev.cotton.executor.sql.Sessions.Scope;
import dev.cotton.executor.sql.SqlFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops the applier of one run of mysqld for a pause, and leaves nothing behind that would stop it later. */
final class ApplierStop {
    private static final Logger LOG = LoggerFactory.getLogger(ApplierStop.class);

    /** A long transaction is let finish, while another role may still break this off. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(9);
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** MySQL waits no shorter for a transaction that is being applied, and cannot be told to give that up. */
    private static final int STOP_SECONDS = 2;

    private static final int STOP_TAKES_LONGER = 1876;

    private final Server server;
    private final Supplier<Optional<Server>> present;
    private final ApplierPause pause;

    /** @param present the run of mysqld that answers now */
    ApplierStop(Server server, Supplier<Optional<Server>> present, ApplierPause pause) {
        this.server = server;
        this.present = present;
        this.pause = pause;
    }

    /**
     * To be called in a pause.
     *
     * @param givenUp asked while this waits
     * @throws Obstacle when the applier does not stop in time, or it was given up; the applier goes on then
     */
    void take(BooleanSupplier givenUp) throws InterruptedException {
        if (stopped(() -> givenUp.getAsBoolean() || !pause.held())) {
            pause.settled();
            return;
        }
        pause.end();
        settle();
        throw new Obstacle("The applier was not paused: it is at a transaction that takes longer than "
                + LIMIT.toSeconds() + " s, or another role was ordered. Nothing was copied.");
    }

    private boolean stopped(BooleanSupplier givenUp) throws InterruptedException {
        try (Session session = server.sessions().open(Scope.THIS_SERVER, STATEMENT_LIMIT)) {
            stop(session);
            boolean over = Patience.until(LIMIT, () -> givenUp.getAsBoolean() || applierStopped(session));
            return over && !givenUp.getAsBoolean();
        } catch (SqlFailure failure) {
            LOG.warn("The applier was not stopped: {}", failure.getMessage());
            return false;
        }
    }

    /** The applier was perhaps told to stop: makes it do so, however long that takes, and starts it again. */
    void settle() throws InterruptedException {
        while (present.get().equals(Optional.of(server))) {
            try (Session session = server.sessions().open(Scope.THIS_SERVER, STATEMENT_LIMIT)) {
                stop(session);
                if (Patience.until(LIMIT, () -> applierStopped(session))) {
                    start(session);
                    break;
                }
            } catch (SqlFailure failure) {
                LOG.warn("The applier is not yet what it was before a backup: {}", failure.getMessage());
                Thread.sleep(RETRY);
            }
        }
        pause.settled();
    }

    private static void stop(Session session) {
        // safety: STOP REPLICA keeps every other one waiting, and a failover begins with one.
        session.execute("SET GLOBAL rpl_stop_replica_timeout = " + STOP_SECONDS);
        try {
            session.execute("STOP REPLICA SQL_THREAD");
        } catch (SqlFailure failure) {
            if (failure.code() != STOP_TAKES_LONGER) {
                throw failure;
            }
            LOG.info("The applier is at a long transaction, and stops after it.");
        } finally {
            session.execute("SET GLOBAL rpl_stop_replica_timeout = DEFAULT");
        }
    }

    private static void start(Session session) {
        try {
            session.execute("START REPLICA SQL_THREAD");
        } catch (SqlFailure noSourceAnyMore) {
            LOG.info("The applier is not started again: {}", noSourceAnyMore.getMessage());
        }
    }

    private static boolean applierStopped(Session session) {
        return ReplicationState.read(session)
                .map(state -> !state.applierRunning())
                .orElse(true);
    }
}
