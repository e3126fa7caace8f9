package dev.cotton.scheduler.engine.mesos.master;

import java.time.Duration;

/** How long to wait before a try, so that many who lost the same master do not come back at the same moment. */
final class Backoff {
    private static final int DOUBLED_AT_MOST = 30;

    private Backoff() {}

    /**
     * @param failures in a row, 1 or more
     * @param chance 0 to 1
     * @return half to all of {@code firstPause}, doubled by every failure after the first, and bounded by
     *     {@code longestPause}
     */
    static Duration pause(Timing timing, int failures, double chance) {
        int doubled = Math.min(failures - 1, DOUBLED_AT_MOST);
        double whole = Math.min(timing.firstPause().toNanos() * Math.pow(2, doubled), (double)
                timing.longestPause().toNanos());
        return Duration.ofNanos((long) (whole * (1 + chance) / 2));
    }
}
