package dev.cotton.executor.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mysqld of one instance folder, run by a keeper that outlives this process. At most one runs on a folder, whatever
 * happens to executors. All methods are thread-safe.
 */
public final class Mysqld implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Mysqld.class);

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

    private static final Duration TRANSITION = Duration.ofSeconds(5);
    private static final Duration GLANCE = Duration.ofMillis(10);
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Path program;
    private final DataFolder folder;
    private final Listener listener;
    private final Keeper keeper;
    private volatile @Nullable ServerProcess current;
    private @Nullable Lifeline lifeline;
    private @Nullable Thread watcher;

    /** @param program mysqld */
    public Mysqld(Path program, DataFolder folder, Listener listener) {
        this.program = program;
        this.folder = folder;
        this.listener = listener;
        this.keeper = new Keeper(folder);
    }

    /**
     * Takes over a running mysqld, or says how the last one ended. To be called before the first {@link #start}, and
     * again when a start was refused because mysqld runs already.
     */
    public synchronized Found adopt() throws InterruptedException {
        if (current != null) {
            return new Found.Running(current.id());
        }
        long deadline = System.nanoTime() + TRANSITION.toNanos();
        while (true) {
            Optional<ServerProcess> last = keeper.lastRun();
            if (last.isEmpty()) {
                return new Found.Nothing();
            }
            ServerProcess process = last.get();
            if (process.alive()) {
                watch(process);
                return new Found.Running(process.id());
            }
            // Between the end of one run and what the keeper makes of it.
            if (!keeper.watches() || System.nanoTime() - deadline > 0) {
                return new Found.Ended(process.exit(keeper.exit()));
            }
            Thread.sleep(GLANCE);
        }
    }

    /**
     * Starts mysqld with the option file of the folder.
     *
     * @param extraOptions for this run, and for its own restarts; for instance {@code --init-file=...}. No secrets:
     *     arguments are public
     * @return its process id
     * @throws ServerException when it runs already, or cannot be started at all; that it refuses its options or its
     *     data is told by {@link Listener#exited}
     */
    public synchronized long start(List<String> extraOptions) throws InterruptedException {
        if (current != null) {
            throw new ServerException("mysqld runs already, as process " + current.id() + ", and goes on.");
        }
        List<String> command = new ArrayList<>(List.of(program.toString(), "--defaults-file=" + folder.optionFile()));
        command.addAll(extraOptions);
        keeper.start(command);
        ServerProcess process = keeper.lastRun()
                .orElseThrow(() -> new ServerException("mysqld was started and at once ended again, because its process"
                        + " id could not be written to " + folder.processes() + "."));
        watch(process);
        return process.id();
    }

    /** The id of the running mysqld. */
    public OptionalLong processId() {
        ServerProcess process = current;
        return process == null ? OptionalLong.empty() : OptionalLong.of(process.id());
    }

    /**
     * Sends SIGTERM: mysqld shuts down in order. Clients whose commits wait for an acknowledgement are told that these
     * succeeded: never do that to a primary with waiting commits. Nothing happens when it does not run.
     */
    public void terminate() {
        end(false);
    }

    /** Sends SIGKILL, which acknowledges nothing to anybody. Nothing happens when it does not run. */
    public void kill() {
        end(true);
    }

    private void end(boolean forcibly) {
        ServerProcess process = current;
        if (process != null) {
            process.end(forcibly);
        }
    }

    /** Waits until mysqld does not run; false when {@code limit} passes first. Not for the listener's thread. */
    public synchronized boolean awaitExit(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (current != null) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** Stops watching. mysqld goes on. */
    @Override
    public synchronized void close() {
        current = null;
        try {
            if (lifeline != null) {
                lifeline.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (watcher != null) {
                watcher.interrupt();
            }
            notifyAll();
        }
    }

    private void watch(ServerProcess process) {
        current = process;
        watcher = Thread.ofPlatform().daemon().name("mysqld-watch").start(this::stayOnWatch);
    }

    /** Until mysqld has ended or nobody wants to know. A disk that fails for a while, or for good, ends no watch. */
    private void stayOnWatch() {
        try {
            while (!relieved() && !followed()) {
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Follows mysqld to its end by the FIFO; false when that cannot be read and mysqld seems to go on. */
    private boolean followed() throws InterruptedException {
        try (Lifeline line = opened()) {
            Lifeline.Sign sign = line.next();
            while (sign == Lifeline.Sign.STARTED) {
                started();
                sign = line.next();
            }
            if (sign == Lifeline.Sign.ENDED) {
                ended();
            }
            return true;
        } catch (IOException | RuntimeException failure) {
            LOG.warn(
                    "mysqld is watched by looking at its process, every {} ms: {}",
                    LOOK.toMillis(),
                    failure.toString());
            return looked();
        }
    }

    private synchronized boolean relieved() {
        return current == null || watcher != Thread.currentThread();
    }

    private synchronized Lifeline opened() throws IOException {
        Lifeline line = new Lifeline(keeper.alive());
        if (relieved()) {
            line.close();
        } else {
            lifeline = line;
        }
        return line;
    }

    /** True when mysqld has ended. */
    private boolean looked() throws InterruptedException {
        try {
            started();
            ServerProcess process = current;
            if (process != null && (process.alive() || keeper.watches())) {
                return false;
            }
            ended();
            return true;
        } catch (RuntimeException failure) {
            LOG.warn("It cannot be looked at either, and is tried again: {}", failure.toString());
            return false;
        }
    }

    private void started() {
        ServerProcess next = keeper.lastRun().orElseThrow();
        synchronized (this) {
            if (current == null || next.equals(current)) {
                return;
            }
            current = next;
        }
        listener.restarted(next.id());
    }

    private void ended() throws InterruptedException {
        ServerProcess last = keeper.lastRun().orElseThrow();
        Exit exit = last.exit(keeper.exit());
        if (exit.equals(Exit.UNKNOWN)) {
            awaitEndOfOrphan(last);
        }
        synchronized (this) {
            if (current == null) {
                return;
            }
            current = null;
            notifyAll();
        }
        listener.exited(exit);
    }

    /** Without its keeper a killed mysqld lets go of the FIFO a moment before it is gone. */
    private static void awaitEndOfOrphan(ServerProcess process) throws InterruptedException {
        Optional<ProcessHandle> handle = ProcessHandle.of(process.id());
        if (handle.isPresent() && process.alive()) {
            try {
                handle.get().onExit().get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
