package dev.cotton.executor.backup;

import dev.cotton.core.model.DataSize;
import java.time.Duration;
import java.util.Optional;

/** How long a stream has to pause so as not to be faster than it may. For one thread. */
public final class Throttle {
    /** What was not used is not saved up for longer. */
    private static final long BURST = Duration.ofMillis(100).toNanos();

    private static final double SECOND = Duration.ofSeconds(1).toNanos();

    private final Optional<DataSize> perSecond;
    private long busyUntil;

    /**
     * @param perSecond the most that may pass in a second; as much as there is when it is empty
     * @param now in nanoseconds, by any clock
     */
    public Throttle(Optional<DataSize> perSecond, long now) {
        this.perSecond = perSecond.filter(rate -> rate.bytes() > 0);
        this.busyUntil = now;
    }

    /**
     * Notes that {@code bytes} have passed.
     *
     * @param now in nanoseconds, by the clock of the constructor
     * @return how long to pause before the next ones
     */
    public Duration after(int bytes, long now) {
        if (perSecond.isEmpty()) {
            return Duration.ZERO;
        }
        long takes = (long) (bytes * SECOND / perSecond.get().bytes());
        busyUntil = Math.max(busyUntil - now, -BURST) + now + takes;
        return Duration.ofNanos(Math.max(0, busyUntil - now));
    }
}
