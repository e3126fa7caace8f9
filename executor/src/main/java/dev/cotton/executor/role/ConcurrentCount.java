package dev.cotton.executor.role;

import dev.cotton.core.wire.TableCount;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** Tables are counted on a thread of their own, while the one that began it does something else. For that one. */
final class ConcurrentCount implements AutoCloseable {
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private final FutureTask<Counted> task;
    private final Thread thread;
    private final Runnable kill;

    /** What every table has, and how long that took. */
    record Counted(List<TableCount> tables, Duration took) {
        Counted {
            tables = List.copyOf(tables);
        }
    }

    private ConcurrentCount(FutureTask<Counted> task, Runnable kill) {
        this.task = task;
        this.kill = kill;
        this.thread = Thread.ofVirtual().name("backup-count").unstarted(task);
    }

    /** @param kill ends the statement that {@code work} waits for */
    static ConcurrentCount begin(Supplier<List<TableCount>> work, Runnable kill) {
        FutureTask<Counted> task = new FutureTask<>(() -> {
            long begins = System.nanoTime();
            List<TableCount> tables = work.get();
            return new Counted(tables, Duration.ofNanos(System.nanoTime() - begins));
        });
        ConcurrentCount begun = new ConcurrentCount(task, kill);
        begun.thread.start();
        return begun;
    }

    /** Waits for it, and throws what it threw. */
    Counted get() throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed);
        }
    }

    /** Ends it where it is. */
    @Override
    public void close() {
        if (!task.isDone()) {
            kill.run();
        }
        try {
            thread.join(FAREWELL);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }
}
