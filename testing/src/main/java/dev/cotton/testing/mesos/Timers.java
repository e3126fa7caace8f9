package dev.cotton.testing.mesos;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;

/** What time it is for masters and agents, and work for later times. Thread-safe. */
interface Timers {

    /** Now. */
    Instant now();

    /** Runs {@code work} once on the loop's thread after {@code delay}, unless the returned future is cancelled before. */
    Future<?> once(Duration delay, Runnable work);

    /** Runs {@code work} on the loop's thread every {@code interval}, until the returned future is cancelled. */
    Future<?> every(Duration interval, Runnable work);
}
