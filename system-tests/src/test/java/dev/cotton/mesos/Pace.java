package dev.cotton.mesos;

import dev.cotton.testing.mesos.MesosSimulator;
import java.time.Duration;

/**
 * Moves the simulator's time along a transcript. It stands still unless it is moved, so that a slow machine changes
 * nothing; real processes are waited for.
 */
final class Pace {
    /** What the simulator may take longer than Mesos took. */
    private static final double SLACK = 0.3;

    private static final Duration STEP = Duration.ofMillis(10);
    private final MesosSimulator mesos;
    private double stepped;
    private double since;

    Pace(MesosSimulator mesos) {
        this.mesos = mesos;
    }

    /** Goes to {@code seconds} of the transcript, where something is done: what follows is as long after that as recorded. */
    void step(double seconds) {
        reach(seconds);
        stepped = seconds;
        since = 0;
    }

    /** Goes to {@code seconds} of the transcript, unless more has passed since the last step. */
    void reach(double seconds) {
        elapse(seconds - stepped - since);
    }

    /** Lets a moment pass in which what was recorded at {@code seconds} may come, if that is not long past. */
    void linger(double seconds) {
        if (since < seconds - stepped + SLACK) {
            elapse(STEP.toMillis() / 1e3);
        }
    }

    private void elapse(double seconds) {
        if (seconds > 0) {
            mesos.elapse(Duration.ofNanos(Math.round(seconds * 1e9)));
            since += seconds;
        }
    }
}
