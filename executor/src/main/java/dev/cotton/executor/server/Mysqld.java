package dev.cotton.executor.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * The mysqld of one instance folder, run by a keeper that outlives this process. At most one runs on a folder, whatever
 * happens to executors. All methods are thread-safe.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Mysqld implements AutoCloseable {
    /** Told what becomes of mysqld, on this object's own thread, within milliseconds. Must return soon. */
    public interface Listener {
        /** mysqld ended, and is not started again unless somebody calls {@link Mysqld#start}. */
        void exited(Exit exit);

        /** mysqld ended because it asked to be started again (RESTART, the end of CLONE), and was. */
        void restarted(long processId);
    }

    /** What an executor finds when it starts. */
    public sealed interface Found {
        /** mysqld runs; it is watched from now on. */
        record Running(long processId) implements Found {}

        /** mysqld ran and ended, perhaps while nobody watched. */
        record Ended(Exit exit) implements Found {}

        /** mysqld never ran here. */
        record Nothing() implements Found {}
    }

    private final Path program;
    private final DataFolder folder;
    private final Listener listener;

    /** @param program mysqld */
    public Mysqld(Path program, DataFolder folder, Listener listener) {
        this.program = program;
        this.folder = folder;
        this.listener = listener;
    }

    /** Takes over a running mysqld, or says how the last one ended. To be called once, before {@link #start}. */
    public Found adopt() {
        throw new UnsupportedOperationException(program + " " + folder + " " + listener);
    }

    /**
     * Starts mysqld with the option file of the folder.
     *
     * @param extraOptions for this run only, including its own restarts; for instance {@code --init-file=...}. No secrets: arguments are
     *     public
     * @return its process id
     * @throws ServerException when it runs already, or cannot be started at all; that it refuses its options or its
     *     data is told by {@link Listener#exited}
     */
    public long start(List<String> extraOptions) throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** The id of the running mysqld. */
    public OptionalLong processId() {
        throw new UnsupportedOperationException();
    }

    /**
     * Sends SIGTERM: mysqld shuts down in order. Clients whose commits wait for an acknowledgement are told that these
     * succeeded: never do that to a primary with waiting commits. Nothing happens when it does not run.
     */
    public void terminate() {
        throw new UnsupportedOperationException();
    }

    /** Sends SIGKILL, which acknowledges nothing to anybody. Nothing happens when it does not run. */
    public void kill() {
        throw new UnsupportedOperationException();
    }

    /** Waits until mysqld does not run; false when {@code limit} passes first. Not for the listener's thread. */
    public boolean awaitExit(Duration limit) throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** Stops watching. mysqld goes on. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
