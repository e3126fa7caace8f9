package dev.cotton.executor.role;

import dev.cotton.executor.sql.OwnAccounts;
import dev.cotton.executor.sql.Session;
import dev.cotton.executor.sql.Sessions.Scope;
import dev.cotton.executor.sql.SqlFailure;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is connected to this server. Read with SHOW PROCESSLIST, which answers while commits wait and leaves nobody out.
 * For one thread.
 */
final class Connections {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final Duration LIMIT = Duration.ofSeconds(9);
    private static final String LOGGING_IN = "unauthenticated user";
    private static final int NO_SUCH_THREAD = 1094;

    private final Session session;

    /**
     * @param user {@code unauthenticated user} before a login is complete
     * @param statement that it is at, from its beginning; empty when it is at none
     */
    record Connection(long id, String user, String command, String statement) {
        boolean loggingIn() {
            return user.equals(LOGGING_IN);
        }

        /** Whether it is a thread of the server itself. */
        boolean internal() {
            return command.equals("Daemon") || user.equals("system user") || user.equals("event_scheduler");
        }

        /** Whether it is a user's of the cluster, who has logged in. */
        boolean client() {
            return !internal() && !loggingIn() && !OwnAccounts.isOne(user);
        }
    }

    Connections(Session session) {
        this.session = session;
    }

    List<Connection> all() {
        return session.query("SHOW PROCESSLIST").stream()
                .map(row -> new Connection(row.number("Id"), row.text("User"), row.text("Command"), row.text("Info")))
                .toList();
    }

    /** Ends the connections of the cluster's users, so that their pools connect anew. */
    void endClients() {
        all().stream().filter(Connection::client).map(Connection::id).forEach(this::end);
    }

    /** Ends a connection; its client is told nothing any more. It is no error when it is gone. */
    void end(long id) {
        try {
            session.execute("KILL " + id);
        } catch (SqlFailure failure) {
            if (failure.code() != NO_SUCH_THREAD) {
                throw failure;
            }
        }
    }

    /** Ends {@code session} from outside, whatever it waits for, on a thread of its own. */
    static Runnable ending(Server server, Session session) {
        long id = session.first("SELECT CONNECTION_ID() AS id").orElseThrow().number("id");
        return () -> Thread.ofVirtual().name("end-statement").start(() -> {
            try (Session another = server.sessions().open(Scope.THIS_SERVER, LIMIT)) {
                new Connections(another).end(id);
            } catch (SqlFailure failure) {
                LOG.warn("A statement that was cancelled may go on: {}", failure.getMessage());
            }
        });
    }
}
