package dev.cotton.core.storage;

import java.time.Duration;

/**
 * How often something is tried, and how long the pauses are.
 *
 * @param attempts in all, at least 1
 * @param first the pause after the first attempt; every later one is twice as long
 * @param longest what no pause exceeds
 */
public record Retries(int attempts, Duration first, Duration longest) {
    /** Eight attempts within half a minute: a server that is started again is back by then. */
    public static final Retries USUAL = new Retries(8, Duration.ofMillis(250), Duration.ofSeconds(8));

    public Retries {
        if (attempts < 1 || first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("At least one attempt, with pauses that do not shrink.");
        }
    }

    /** The pause after the attempt of that number, counted from 1. */
    public Duration pauseAfter(int attempt) {
        Duration pause = first.multipliedBy(1L << Math.min(attempt - 1, 20));
        return pause.compareTo(longest) < 0 ? pause : longest;
    }
}
