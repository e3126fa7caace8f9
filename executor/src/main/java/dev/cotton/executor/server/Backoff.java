package dev.cotton.executor.server;

import java.time.Duration;

/**
 * How long to wait before mysqld is started again: at once the first time, then 1 s, doubled with each further quick
 * end, at most 30 s. A run of a minute or longer is forgiven. A value; start with {@link #NONE}.
 *
 * @param quickEnds runs in a row that ended before a minute was over
 */
public record Backoff(int quickEnds) {
    public static final Backoff NONE = new Backoff(0);

    private static final Duration GOOD_RUN = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** After a run that took {@code ran}. */
    public Backoff after(Duration ran) {
        return new Backoff(ran.compareTo(GOOD_RUN) >= 0 ? 1 : quickEnds + 1);
    }

    /** The pause before the next start. */
    public Duration pause() {
        if (quickEnds <= 1) {
            return Duration.ZERO;
        }
        Duration doubled = Duration.ofSeconds(1L << Math.min(quickEnds - 2, 10));
        return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }
}
