package dev.cotton.cli.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Times of the steps of one round, from when this was made. For one thread. */
final class Stopwatch {
    private final long begin = System.nanoTime();
    private final Map<String, Duration> steps = new LinkedHashMap<>();

    /** An instant of {@link System#nanoTime}. */
    long begin() {
        return begin;
    }

    /** Notes that a step is done now. */
    void done(String step) {
        doneAfter(step, elapsed());
    }

    /** Notes that a step was done so long after the beginning. */
    void doneAfter(String step, Duration time) {
        steps.put(step, time);
    }

    /** Notes the last step, with which the round ends. */
    Timed stop(String last) {
        Duration total = elapsed();
        steps.put(last, total);
        return new Timed(total, steps);
    }

    /** A round whose length is something else than the time until now. */
    Timed with(Duration total) {
        return new Timed(total, steps);
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
