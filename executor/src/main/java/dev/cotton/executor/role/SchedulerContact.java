package dev.cotton.executor.role;

import java.time.Duration;

/** When a scheduler was heard last: an authenticated request counts from its begin to its end. Thread-safe. */
public final class SchedulerContact {
    private int open;
    private long heardAt = System.nanoTime();

    /** A request begins. */
    public synchronized void begin() {
        open++;
    }

    /** A request ended. */
    public synchronized void end() {
        open--;
        heardAt = System.nanoTime();
    }

    /** Since the last request ended; nothing while one is open. */
    synchronized Duration silence() {
        return open > 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - heardAt);
    }
}
