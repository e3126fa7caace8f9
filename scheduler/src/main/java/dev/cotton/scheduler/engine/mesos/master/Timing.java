package dev.cotton.scheduler.engine.mesos.master;

import java.time.Duration;

/**
 * How long a link waits.
 *
 * @param answer from the beginning of a call to the end of its answer, and from a subscription to its first event
 * @param missedHeartbeats a stream that is silent for so many of the master's intervals is given up
 * @param firstPause about so long before the second try of a subscription; twice as long before each further one
 * @param longestPause at most so long
 */
public record Timing(Duration answer, int missedHeartbeats, Duration firstPause, Duration longestPause) {
    public static final Timing ORDINARY =
            new Timing(Duration.ofSeconds(15), 5, Duration.ofMillis(250), Duration.ofSeconds(10));

    public Timing {
        if (answer.isNegative() || answer.isZero() || missedHeartbeats < 1 || firstPause.compareTo(longestPause) > 0) {
            throw new IllegalArgumentException(
                    "A link's limits are longer than nothing, and its first pause is not the" + " longest one.");
        }
    }
}
