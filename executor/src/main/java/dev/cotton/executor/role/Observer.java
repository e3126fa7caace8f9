package dev.cotton.executor.role;

import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.executor.sql.Session;
import dev.cotton.executor.sql.Sessions.Scope;
import dev.cotton.executor.sql.SqlFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Looks at mysqld about twice a second, when the receiver's state changes, and whenever it is asked to, over a session
 * of its own. Thread-safe.
 */
final class Observer implements Runnable {
    private static final Duration PACE = Duration.ofMillis(100);
    private static final int GLANCES = 5;
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(3);

    private final StatusBoard board;
    private final Supplier<Optional<Server>> server;
    private final Supplier<Optional<Duration>> heartbeatAge;

    private @Nullable Server opened;
    private @Nullable Session session;

    /** @param server the run of mysqld to be looked at */
    Observer(StatusBoard board, Supplier<Optional<Server>> server, Supplier<Optional<Duration>> heartbeatAge) {
        this.board = board;
        this.server = server;
        this.heartbeatAge = heartbeatAge;
    }

    /** Until interrupted. */
    @Override
    public void run() {
        try {
            while (true) {
                look(UnaryOperator.identity());
                String receiver = receiver();
                for (int glance = 1; glance < GLANCES && receiver().equals(receiver); glance++) {
                    Thread.sleep(PACE);
                }
            }
        } catch (InterruptedException stop) {
            close();
        }
    }

    /** The receiver's state, cheaply: that a source is lost is to be known soon. */
    private synchronized String receiver() {
        Optional<Server> now = server.get();
        if (session == null || !session.usable() || now.isEmpty() || !now.get().equals(opened)) {
            return "";
        }
        try {
            return session.first("SELECT service_state FROM performance_schema.replication_connection_status")
                    .map(row -> row.text("service_state"))
                    .orElse("");
        } catch (SqlFailure failure) {
            return failure.getMessage();
        }
    }

    /**
     * Looks now. What is seen and {@code also} are written on the board at once: a reader of the one sees the other.
     */
    synchronized void look(UnaryOperator<Picture> also) {
        Optional<Server> now = server.get();
        if (now.isEmpty()) {
            close();
            board.update(also);
            return;
        }
        long run = now.get().processId();
        try {
            MysqlReport report = new Gathering(session(now.get())).report(heartbeatAge.get());
            board.update(picture -> also.apply(runs(picture, run) ? answering(picture, report) : picture));
        } catch (SqlFailure failure) {
            close();
            board.update(picture -> runs(picture, run) ? silent(picture, failure) : picture);
        }
    }

    private Session session(Server now) {
        Session held = session;
        if (held != null && held.usable() && now.equals(opened)) {
            return held;
        }
        close();
        Session fresh = now.sessions().open(Scope.THIS_SERVER, ANSWER_LIMIT);
        session = fresh;
        opened = now;
        return fresh;
    }

    private static boolean runs(Picture picture, long run) {
        return picture.usage().processId().equals(Optional.of(run));
    }

    private static Picture answering(Picture picture, MysqlReport report) {
        Picture seen = picture.withMysql(Optional.of(report));
        return picture.lifecycle() == Lifecycle.UNRESPONSIVE ? seen.withLifecycle(Lifecycle.RUNNING, "") : seen;
    }

    private static Picture silent(Picture picture, SqlFailure failure) {
        Picture seen = picture.withMysql(Optional.empty());
        return picture.lifecycle() == Lifecycle.RUNNING
                ? seen.withLifecycle(Lifecycle.UNRESPONSIVE, failure.getMessage())
                : seen;
    }

    private synchronized void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
