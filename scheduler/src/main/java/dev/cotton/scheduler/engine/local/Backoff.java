package dev.cotton.scheduler.engine.local;

import java.time.Duration;

/**
 * How long to wait before an executor is started again: 100 ms, doubled with each further quick end, at most 30 s. A run
 * of a minute or longer is forgiven. A value; start with {@link #NONE}.
 *
 * @param quickEnds runs in a row that ended before a minute was over
 */
record Backoff(int quickEnds) {
    static final Backoff NONE = new Backoff(0);

    private static final Duration GOOD_RUN = Duration.ofMinutes(1);
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int MOST_DOUBLINGS = 10;

    /** After a run that took {@code ran}. */
    Backoff after(Duration ran) {
        return new Backoff(ran.compareTo(GOOD_RUN) >= 0 ? 1 : quickEnds + 1);
    }

    /** The pause before the next start. */
    Duration pause() {
        if (quickEnds == 0) {
            return Duration.ZERO;
        }
        Duration doubled = FIRST.multipliedBy(1L << Math.min(quickEnds - 1, MOST_DOUBLINGS));
        return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }
}
