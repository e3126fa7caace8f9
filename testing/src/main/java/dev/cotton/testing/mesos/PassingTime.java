package dev.cotton.testing.mesos;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The time of this machine. */
record PassingTime(ScheduledExecutorService thread) implements Timers {

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Future<?> once(Duration delay, Runnable work) {
        return thread.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public Future<?> every(Duration interval, Runnable work) {
        return thread.scheduleAtFixedRate(work, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }
}
