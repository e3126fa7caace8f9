package dev.cotton.executor.role;

import dev.cotton.core.model.MysqlOptions;
import dev.cotton.core.wire.ExecutorConfig;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Setup;
import dev.cotton.core.wire.Status.RoleReport;
import dev.cotton.core.wire.Status.Usage;
import dev.cotton.executor.server.Backoff;
import dev.cotton.executor.server.DataFolder;
import dev.cotton.executor.server.ErrorLines;
import dev.cotton.executor.server.Exit;
import dev.cotton.executor.server.Mysqld;
import dev.cotton.executor.server.OptionFile;
import dev.cotton.executor.server.RotatingLog;
import dev.cotton.executor.server.ServerException;
import dev.cotton.executor.sql.Connector;
import dev.cotton.executor.sql.OwnAccounts;
import dev.cotton.executor.sql.Session;
import dev.cotton.executor.sql.Sessions;
import dev.cotton.executor.sql.Sessions.Scope;
import dev.cotton.executor.sql.SqlFailure;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps mysqld running and knows whether it answers. What the listener is told comes on mysqld's own thread; all else is
 * called by the reconciler's.
 */
final class Supervisor implements Mysqld.Listener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    /** Longer than a receiver takes to stop. */
    private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(9);

    /** How much of the end of mysqld's log is searched for an error, in bytes. */
    private static final int LOOKED_AT = 16 * 1024;

    private final ExecutorConfig config;
    private final DataFolder folder;
    private final Mysqld mysqld;
    private final Connector connector;
    private final StatusBoard board;
    private final Runnable onChange;
    private final InitFile initFile;

    private volatile Optional<Server> server = Optional.empty();
    private volatile Backoff backoff = Backoff.NONE;
    private volatile long endedAt = System.nanoTime();
    private volatile long startedAt = System.nanoTime();
    private final AtomicLong restarts = new AtomicLong();

    /** Whether a run of mysqld has begun whose end was not told yet. */
    private volatile boolean watched;

    /** Whether the end of mysqld is wanted. */
    private volatile boolean asTold;

    private @Nullable Session session;

    /** @param onChange called when mysqld ended or was started again by itself; must return soon */
    Supervisor(ExecutorConfig config, DataFolder folder, Connector connector, StatusBoard board, Runnable onChange) {
        this.config = config;
        this.folder = folder;
        this.connector = connector;
        this.board = board;
        this.onChange = onChange;
        this.initFile = new InitFile(folder.run().resolve("accounts.sql"));
        this.mysqld = new Mysqld(Path.of(config.programs().mysqld()), folder, this);
    }

    /** Takes over what an earlier executor left. To be called once, first. */
    void adopt() throws InterruptedException {
        switch (mysqld.adopt()) {
            case Mysqld.Found.Running(long processId) -> {
                LOG.info("mysqld runs as process {} and is adopted.", processId);
                watched = true;
                running(processId);
            }
            case Mysqld.Found.Ended(Exit exit) -> LOG.info("{} while no executor watched.", exit);
            case Mysqld.Found.Nothing() -> LOG.info("No mysqld has run here yet.");
        }
    }

    /** mysqld's, whether it answers or not. */
    OptionalLong processId() {
        return mysqld.processId();
    }

    /** The run of mysqld that answers. */
    Optional<Server> server() {
        return server;
    }

    /**
     * Makes sure that mysqld runs, and answers.
     *
     * @throws Starting when it does not answer yet
     */
    Server ensure(Setup setup) throws InterruptedException {
        OwnAccounts accounts = new OwnAccounts(setup.accounts().root());
        if (mysqld.processId().isEmpty()) {
            if (watched) {
                throw new Starting("mysqld has just ended.");
            }
            start(setup, accounts);
        }
        Optional<Server> answering = server;
        if (answering.isPresent()) {
            return answering.get();
        }
        long processId = mysqld.processId().orElseThrow(() -> new Starting("mysqld ended while it was started."));
        Sessions sessions = connector.as(accounts);
        closeSession();
        try {
            session = sessions.open(Scope.THIS_SERVER, STATEMENT_LIMIT);
        } catch (SqlFailure failure) {
            throw new Starting(failure.getMessage());
        }
        Server answered = new Server(processId, sessions);
        server = Optional.of(answered);
        return answered;
    }

    private void start(Setup setup, OwnAccounts accounts) throws InterruptedException {
        Duration left = backoff.pause().minusNanos(System.nanoTime() - endedAt);
        if (left.isPositive()) {
            throw new Starting("mysqld is started again in " + (left.toSeconds() + 1) + " s.");
        }
        new OptionFile(config.ports(), config.resources(), setup.durability(), MysqlOptions.checked(setup.options()))
                .write(folder);
        initFile.write(accounts);
        asTold = false;
        watched = true;
        try {
            running(mysqld.start(List.of("--init-file=" + initFile.path())));
        } catch (ServerException refusal) {
            if (!(mysqld.adopt() instanceof Mysqld.Found.Running(long processId))) {
                watched = false;
                throw refusal;
            }
            running(processId);
        }
    }

    private void running(long processId) {
        startedAt = System.nanoTime();
        server = Optional.empty();
        board.update(picture -> lost(picture)
                .withUsage(usage(picture.usage(), Optional.of(processId)))
                .withLifecycle(
                        picture.lifecycle() == Lifecycle.PREPARING ? Lifecycle.PREPARING : Lifecycle.STARTING,
                        "mysqld is starting."));
    }

    private Usage usage(Usage former, Optional<Long> processId) {
        return new Usage(
                processId, restarts.get(), former.memory(), former.diskUsed(), former.diskFree(), former.sandbox());
    }

    /** The accounts are made; the file with their passwords goes. */
    void forgetInitFile() {
        initFile.remove();
    }

    /** The reconciler's own session, held open: a new login may hang behind an account statement that waits. */
    Session session() {
        Session held = session;
        if (held != null && held.usable()) {
            return held;
        }
        Session fresh = open(Scope.THIS_SERVER);
        session = fresh;
        return fresh;
    }

    /** Another session to the mysqld that answers; to be closed by the caller. */
    Session open(Scope scope) {
        return server.orElseThrow(() -> new Starting("mysqld does not answer yet."))
                .sessions()
                .open(scope, STATEMENT_LIMIT);
    }

    /** Makes mysqld read its certificate again. */
    void reloadCertificate() {
        try (Session fresh = open(Scope.THIS_SERVER)) {
            fresh.execute("ALTER INSTANCE RELOAD TLS");
            fresh.execute("ALTER INSTANCE RELOAD TLS FOR CHANNEL mysql_admin");
        }
    }

    /** Stops watching mysqld, which goes on. */
    @Override
    public void close() {
        mysqld.close();
        closeSession();
    }

    private void closeSession() {
        if (session != null) {
            session.close();
            session = null;
        }
    }

    /** Ends mysqld with SIGKILL, which acknowledges nothing to anybody. */
    void kill() throws InterruptedException {
        asTold = true;
        StopRoutine.kill(mysqld);
    }

    /**
     * Ends mysqld by the stop routine, or with SIGKILL at the end of {@code limit}, wherever the routine is then. For
     * whoever comes when no reconciler is at work any more.
     *
     * @param setup absent when clients cannot be sent away: then it is killed at once
     */
    void end(Optional<Setup> setup, Duration limit) throws InterruptedException {
        Thread killer = Thread.ofVirtual().name("stop-limit").start(() -> killAfter(limit));
        try {
            if (setup.isPresent()) {
                stop(setup);
            } else {
                kill();
            }
        } finally {
            killer.interrupt();
        }
    }

    private void killAfter(Duration limit) {
        try {
            Thread.sleep(limit);
            LOG.warn("mysqld was not stopped in the time that was given, and is killed.");
            mysqld.kill();
        } catch (InterruptedException stopped) {
            LOG.debug("mysqld was stopped in time.");
        }
    }

    /**
     * Stops mysqld by the stop routine; it is not started again before {@link #ensure}.
     *
     * @param setup absent when there never was one
     */
    void stop(Optional<Setup> setup) throws InterruptedException {
        if (mysqld.processId().isEmpty()) {
            return;
        }
        asTold = true;
        try {
            if (setup.isPresent()) {
                ensure(setup.get());
            }
            StopRoutine.sendAway(session());
            StopRoutine.awaitStarts(session(), StopRoutine.START_LIMIT);
        } catch (Obstacle | SqlFailure failure) {
            LOG.warn("mysqld cannot be asked to stop, so it is killed: {}", failure.getMessage());
            // safety: SIGTERM would acknowledge commits that wait.
            StopRoutine.kill(mysqld);
            return;
        }
        StopRoutine.shutDown(mysqld);
    }

    @Override
    public void exited(Exit exit) {
        LOG.warn("{}.", exit);
        server = Optional.empty();
        endedAt = System.nanoTime();
        boolean byItself = !asTold;
        backoff = byItself ? backoff.after(Duration.ofNanos(endedAt - startedAt)) : Backoff.NONE;
        if (byItself) {
            restarts.incrementAndGet();
        }
        board.update(picture -> {
            Picture ended = lost(picture).withUsage(usage(picture.usage(), Optional.empty()));
            return byItself && picture.lifecycle() != Lifecycle.PREPARING
                    ? ended.withLifecycle(Lifecycle.RESTARTING, exit + "." + complaint())
                    : ended;
        });
        onChange.run();
        watched = false;
    }

    /** What mysqld complained of last, as a sentence that goes on; empty when there is nothing. */
    private String complaint() {
        try {
            String errors = ErrorLines.last(new RotatingLog(folder.mysqldLog())
                    .read(-LOOKED_AT, LOOKED_AT)
                    .text()
                    .lines());
            return errors.isEmpty() ? "" : " Its log says: " + errors;
        } catch (UncheckedIOException unreadable) {
            LOG.warn("mysqld's log cannot be read.", unreadable);
            return "";
        }
    }

    @Override
    public void restarted(long processId) {
        LOG.info("mysqld was started again as process {}, as it asked.", processId);
        server = Optional.empty();
        startedAt = System.nanoTime();
        board.update(picture -> lost(picture).withUsage(usage(picture.usage(), Optional.of(processId))));
        onChange.run();
    }

    /** With its mysqld an instance loses its role: a fresh one is read-only and unattached. */
    private static Picture lost(Picture picture) {
        Optional<RoleReport> role = picture.role()
                .map(report -> report.role() instanceof Role.Stopped
                        ? report
                        : new RoleReport(report.stamp(), report.role(), false, "mysqld was started anew."));
        return picture.withMysql(Optional.empty()).withRole(role, Optional.empty());
    }

    /** mysqld does not answer yet. */
    static final class Starting extends Obstacle {
        private static final Duration PAUSE = Duration.ofMillis(50);

        Starting(String sentence) {
            super(sentence, PAUSE);
        }
    }
}
