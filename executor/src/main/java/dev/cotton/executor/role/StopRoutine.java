package dev.cotton.executor.role;

import dev.cotton.executor.server.Mysqld;
import dev.cotton.executor.sql.OwnAccounts;
import dev.cotton.executor.sql.Session;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops mysqld without telling any client something false. On SIGTERM mysqld answers OK to every commit that waits for
 * an acknowledgement, so nobody may be there to hear it:
 *
 * <ol>
 *   <li>The server becomes read-only: commits under way end, while replicas can still acknowledge them. With a commit
 *       that waits in vain this is given up after a short time.
 *   <li>Every client is disconnected and new ones are refused; connections that slipped in are ended one by one.
 *   <li>A replica's threads that are being started are waited for: when SIGTERM comes while an applier starts its workers,
 *       mysqld waits for itself for ever. The reconciler's statement goes on in the server when the reconciler ends.
 *   <li>SIGTERM, and SIGKILL when that takes too long. Whatever fails before that ends in SIGKILL at once.
 * </ol>
 */
final class StopRoutine {
    private static final Logger LOG = LoggerFactory.getLogger(StopRoutine.class);
    private static final Duration READ_ONLY_LIMIT = Duration.ofSeconds(6);
    static final Duration START_LIMIT = Duration.ofSeconds(6);
    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(40);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);
    private static final int MOST_ROUNDS = 50;

    private StopRoutine() {}

    /** Sends mysqld's clients away; when this returns none of them can be told anything any more. */
    static void sendAway(Session session) {
        try {
            new ReadOnly(session).everybody(READ_ONLY_LIMIT);
        } catch (Obstacle waiting) {
            LOG.info("Stopping although commits wait: their clients are disconnected, not answered.");
        }
        session.execute("SET GLOBAL offline_mode = ON");
        Connections connections = new Connections(session);
        Set<Long> ended = new HashSet<>();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            List<Long> left = connections.all().stream()
                    .filter(StopRoutine::client)
                    .map(Connections.Connection::id)
                    .filter(ended::add)
                    .toList();
            if (left.isEmpty()) {
                return;
            }
            left.forEach(connections::end);
        }
        throw new Obstacle("Clients keep connecting although the server is offline.");
    }

    /**
     * Waits until no thread of a replica is being started: only then may SIGTERM come.
     *
     * @throws Obstacle when one still is after {@code limit}
     */
    static void awaitStarts(Session session, Duration limit) throws InterruptedException {
        Connections connections = new Connections(session);
        if (!Patience.until(limit, () -> connections.all().stream().noneMatch(StopRoutine::starts))) {
            throw new Obstacle("The threads of a replica are being started and do not get on.");
        }
    }

    private static boolean starts(Connections.Connection connection) {
        return connection.statement().startsWith("START REPLICA");
    }

    private static boolean client(Connections.Connection connection) {
        return !connection.internal() && !connection.user().equals(OwnAccounts.ADMIN);
    }

    /** SIGTERM to a mysqld without clients, then SIGKILL. */
    static void shutDown(Mysqld mysqld) throws InterruptedException {
        mysqld.terminate();
        if (!mysqld.awaitExit(SHUTDOWN_LIMIT)) {
            LOG.warn("mysqld did not shut down within {} and is killed.", SHUTDOWN_LIMIT);
            kill(mysqld);
        }
    }

    /** @throws Obstacle when even that takes too long */
    static void kill(Mysqld mysqld) throws InterruptedException {
        mysqld.kill();
        if (!mysqld.awaitExit(KILL_LIMIT)) {
            throw new Obstacle("mysqld was killed and is still there: the kernel waits for its disk.");
        }
    }
}
