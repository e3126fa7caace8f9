package dev.cotton.cli.bench;

import dev.cotton.cli.writers.History;
import dev.cotton.cli.writers.Insert;
import java.time.Duration;
import java.util.List;

/**
 * What writers got of a server for a while.
 *
 * @param perSecond acknowledged writes
 * @param p99 how long each of them took; 99 of 100 not longer
 */
record Load(double perSecond, Duration p99) {
    /**
     * Between two instants of {@link System#nanoTime}.
     *
     * @throws IllegalArgumentException when nothing was acknowledged then
     */
    static Load of(History history, long from, long to) {
        List<Insert> inserts = history.acknowledgedToFollowers().stream()
                .filter(insert -> insert.ended() > from && insert.ended() <= to)
                .toList();
        Samples times = new Samples(inserts.stream()
                .map(insert -> Duration.ofNanos(insert.ended() - insert.begun()))
                .toList());
        return new Load(inserts.size() / Samples.seconds(Duration.ofNanos(to - from)), times.p99());
    }

    /** By how many percent there are fewer writes than with {@code other}; negative when there are more. */
    double percentFewerThan(Load other) {
        return (1 - perSecond / other.perSecond()) * 100;
    }

    /** By how many percent the slowest of them take longer than with {@code other}; negative when they are faster. */
    double percentSlowerThan(Load other) {
        return (Samples.seconds(p99) / Samples.seconds(other.p99()) - 1) * 100;
    }
}
