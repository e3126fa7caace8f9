package dev.cotton.cli.follow;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A wait by looking again and again, up to a limit. Used by one thread. */
public final class Patience {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final InstantSource clock;
    private final Duration limit;
    private final Instant deadline;

    public Patience(Duration limit, InstantSource clock) {
        this.clock = clock;
        this.limit = limit;
        this.deadline = clock.instant().plus(limit);
    }

    public Duration limit() {
        return limit;
    }

    /** Waits until it is worth looking again. Returns false when the limit is reached. */
    public boolean pause() {
        Duration left = Duration.between(clock.instant(), deadline);
        if (!left.isPositive()) {
            return false;
        }
        try {
            Thread.sleep(left.compareTo(PAUSE) < 0 ? left : PAUSE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.INTERRUPTED, "Interrupted while waiting.", e);
        }
    }
}
