package dev.cotton.testing.mesos;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** A time that stands still but for {@link #elapse}. */
final class SteppedTime implements Timers {
    private final PriorityQueue<Timer> waiting =
            new PriorityQueue<>(Comparator.comparing(Timer::due).thenComparingLong(Timer::order));
    private Instant now = Instant.now();
    private long timers;

    private record Timer(
            Instant due, long order, Optional<Duration> interval, Runnable work, CompletableFuture<Void> future) {}

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public Future<?> once(Duration delay, Runnable work) {
        return add(delay, Optional.empty(), work);
    }

    @Override
    public Future<?> every(Duration interval, Runnable work) {
        return add(interval, Optional.of(interval), work);
    }

    private synchronized Future<?> add(Duration delay, Optional<Duration> interval, Runnable work) {
        Timer timer = new Timer(now.plus(delay), timers++, interval, work, new CompletableFuture<>());
        waiting.add(timer);
        return timer.future();
    }

    /** Lets {@code duration} pass: runs everything due by then on this thread, each at its own time, in order. */
    void elapse(Duration duration) {
        Instant until = now().plus(duration);
        for (Optional<Timer> next = next(until); next.isPresent(); next = next(until)) {
            next.get().work().run();
        }
    }

    private synchronized Optional<Timer> next(Instant until) {
        waiting.removeIf(each -> each.future().isCancelled());
        Timer first = waiting.peek();
        if (first == null || first.due().isAfter(until)) {
            now = until;
            return Optional.empty();
        }
        waiting.remove();
        now = first.due().isAfter(now) ? first.due() : now;
        first.interval()
                .ifPresent(each -> waiting.add(
                        new Timer(first.due().plus(each), timers++, first.interval(), first.work(), first.future())));
        return Optional.of(first);
    }
}
