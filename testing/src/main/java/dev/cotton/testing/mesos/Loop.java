package dev.cotton.testing.mesos;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The one thread on which everything that masters and agents know is read and changed. */
final class Loop implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("mesos-simulator").daemon(true).factory());

    private final Timers timers;

    private Loop(Optional<SteppedTime> stepped) {
        timers = stepped.<Timers>map(each -> each).orElseGet(() -> new PassingTime(thread));
    }

    /** A loop whose time passes as everywhere. */
    static Loop withPassingTime() {
        return new Loop(Optional.empty());
    }

    /** A loop whose time passes by {@link #elapse} only. */
    static Loop withSteppedTime() {
        return new Loop(Optional.of(new SteppedTime()));
    }

    /** What time it is for masters and agents. */
    Instant now() {
        return timers.now();
    }

    /** Lets time pass that stands still otherwise; returns when everything due by then has been done. */
    void elapse(Duration duration) {
        if (!(timers instanceof SteppedTime stepped)) {
            throw new IllegalStateException("time passes by itself here: only stepped time can be told to");
        }
        ask(() -> {
            stepped.elapse(duration);
            return true;
        });
    }

    /** Runs {@code work} soon, after everything asked for before. */
    void run(Runnable work) {
        try {
            thread.execute(() -> guarded(work));
        } catch (RejectedExecutionException closed) {
            // Nobody waits for it any more.
        }
    }

    /** Runs {@code work} once after {@code delay}, unless the loop is closed before. */
    void after(Duration delay, Runnable work) {
        if (delay.isPositive()) {
            var _ = timer(delay, work);
        } else {
            run(work);
        }
    }

    /** Runs {@code work} once after {@code delay}, unless the returned future is cancelled before. */
    Future<?> timer(Duration delay, Runnable work) {
        try {
            return timers.once(delay, () -> guarded(work));
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Runs {@code work} every {@code interval}. */
    Future<?> every(Duration interval, Runnable work) {
        return timers.every(interval, () -> guarded(work));
    }

    /** What {@code question} returns on the loop's thread; waits at most 30 s. */
    <T> T ask(Callable<T> question) {
        Future<T> answer = thread.submit(question);
        try {
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the simulator answered", e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("the simulator did not answer within " + PATIENCE, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the simulator failed: " + e.getCause(), e.getCause());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            Thread current = Thread.currentThread();
            current.getUncaughtExceptionHandler().uncaughtException(current, e);
        }
    }
}
