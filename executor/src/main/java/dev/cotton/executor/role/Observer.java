package dev.cotton.executor.role;

import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.executor.role.SourceWatch.Counted;
import dev.cotton.executor.sql.Session;
import dev.cotton.executor.sql.Sessions.Scope;
import dev.cotton.executor.sql.SqlFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at mysqld about twice a second, when the receiver's state changes, and whenever it is asked to, over a session
 * of its own that is held open. In between it glances at replication: every tenth of a second, and while others wait
 * for what this server receives fifty times a second. Thread-safe.
 */
final class Observer implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Observer.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final Duration QUICK_GLANCE = Duration.ofMillis(20);
    private static final Duration HURRY = Duration.ofSeconds(2);

    /** After this time without an answer mysqld hangs. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);

    private final StatusBoard board;
    private final Supplier<Optional<Server>> server;
    private final Supplier<Optional<Duration>> heartbeatAge;
    private final SourceWatch source;
    private final Signal hurry = new Signal();

    private volatile Optional<Question> asked = Optional.empty();
    private volatile long hurriedUntil = System.nanoTime();
    private @Nullable Server opened;
    private @Nullable Session session;

    /** What the mysqld with that process id was asked, and has not answered yet. */
    private record Question(long run, long since) {
        boolean overdue() {
            return System.nanoTime() - since >= ANSWER_LIMIT.toNanos();
        }
    }

    /** @param server the run of mysqld to be looked at */
    Observer(
            StatusBoard board,
            Supplier<Optional<Server>> server,
            Supplier<Optional<Duration>> heartbeatAge,
            SourceWatch source) {
        this.board = board;
        this.server = server;
        this.heartbeatAge = heartbeatAge;
        this.source = source;
    }

    /** Until interrupted. */
    @Override
    public void run() {
        try {
            while (true) {
                look(UnaryOperator.identity());
                glance();
            }
        } catch (InterruptedException stop) {
            close();
        }
    }

    /** What is received and applied is waited for: it is to be known at once for some seconds. */
    void hurry() {
        hurriedUntil = System.nanoTime() + HURRY.toNanos();
        hurry.raise();
    }

    /** Until it is time to look again. */
    private void glance() throws InterruptedException {
        long end = System.nanoTime() + LOOK.toNanos();
        String receiver = receiver();
        while (System.nanoTime() - end < 0 && receiver().equals(receiver)) {
            Optional<Duration> heartbeat = heartbeatAge.get();
            SourceWatch.Ages ages = source.ages();
            board.update(picture -> picture.withAges(heartbeat, ages));
            hurry.await(hurried() ? QUICK_GLANCE : GLANCE);
            if (hurried()) {
                advance();
            }
        }
    }

    private boolean hurried() {
        return System.nanoTime() - hurriedUntil < 0;
    }

    /** The receiver's state, cheaply: that a source is lost is to be known soon. */
    private synchronized String receiver() {
        if (!held()) {
            return "";
        }
        ask();
        try {
            Optional<Counted> counted = Gathering.counted(session());
            counted.ifPresent(source::counted);
            return counted.map(Counted::state).orElse("");
        } catch (SqlFailure failure) {
            close();
            return failure.getMessage();
        } finally {
            asked = Optional.empty();
        }
    }

    /** Tells how far replication is, cheaply. */
    private synchronized void advance() {
        if (!held()) {
            return;
        }
        long run = opened == null ? 0 : opened.processId();
        ask();
        try {
            ReplicationState.read(session())
                    .ifPresent(state -> board.update(picture -> runs(picture, run)
                            ? picture.withMysql(picture.mysql().map(report -> Gathering.advanced(report, state)))
                            : picture));
        } catch (SqlFailure failure) {
            close();
        } finally {
            asked = Optional.empty();
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
        ask();
        try {
            open(now.get());
            ask();
            MysqlReport report = new Gathering(session()).report(heartbeatAge.get(), source.ages());
            board.update(picture -> also.apply(runs(picture, run) ? answering(picture, report) : picture));
        } catch (SqlFailure failure) {
            close();
            board.update(picture -> runs(picture, run) ? silent(picture, failure.getMessage()) : picture);
        } finally {
            asked = Optional.empty();
        }
    }

    private void ask() {
        asked = server.get().map(now -> new Question(now.processId(), System.nanoTime()));
    }

    /**
     * Tells that mysqld hangs when it has not answered in time; the connection itself takes longer to give up. Until
     * interrupted.
     */
    void watchForAnswers() {
        try {
            while (true) {
                asked.filter(Question::overdue)
                        .ifPresent(question -> board.update(picture -> runs(picture, question.run())
                                ? silent(picture, "mysqld has not answered for " + ANSWER_LIMIT.toSeconds() + " s.")
                                : picture));
                Thread.sleep(GLANCE);
            }
        } catch (InterruptedException stop) {
            LOG.debug("Nobody waits for answers any more.");
        }
    }

    private boolean held() {
        return session != null
                && session.usable()
                && server.get().equals(Optional.ofNullable(opened))
                && opened != null;
    }

    private Session session() {
        if (session == null) {
            throw new IllegalStateException("There is no session.");
        }
        return session;
    }

    private void open(Server now) {
        if (!held()) {
            close();
            session = now.sessions().open(Scope.THIS_SERVER, ANSWER_LIMIT);
            opened = now;
        }
    }

    private static boolean runs(Picture picture, long run) {
        return picture.usage().processId().equals(Optional.of(run));
    }

    private static Picture answering(Picture picture, MysqlReport report) {
        Picture seen = picture.withMysql(Optional.of(report));
        return picture.lifecycle() == Lifecycle.UNRESPONSIVE ? seen.withLifecycle(Lifecycle.RUNNING, "") : seen;
    }

    private static Picture silent(Picture picture, String why) {
        Picture seen = picture.withMysql(Optional.empty());
        return picture.lifecycle() == Lifecycle.RUNNING ? seen.withLifecycle(Lifecycle.UNRESPONSIVE, why) : seen;
    }

    private synchronized void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
