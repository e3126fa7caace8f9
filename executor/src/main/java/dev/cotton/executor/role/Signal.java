package dev.cotton.executor.role;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes one waiting thread; raised any number of times before it waits, it wakes it once. Thread-safe. */
final class Signal {
    private final Semaphore raised = new Semaphore(0);

    void raise() {
        raised.release();
    }

    /** Returns when the signal was raised since the last call, or after {@code limit}. */
    void await(Duration limit) throws InterruptedException {
        if (raised.tryAcquire(Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS)) {
            raised.drainPermits();
        }
    }
}
