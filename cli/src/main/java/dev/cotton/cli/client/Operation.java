package dev.cotton.cli.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that somebody asked for and that takes a while.
 *
 * @param outcome {@code running}, {@code succeeded} or {@code failed}
 * @param why the last thing that was said about it
 */
public record Operation(
        String id,
        String cluster,
        String kind,
        String outcome,
        Instant startedAt,
        Optional<Instant> finishedAt,
        List<Step> steps,
        String why) {
    public Operation {
        steps = List.copyOf(steps);
    }

    /** Done once {@code finishedAt} is there. */
    public record Step(String name, Optional<Instant> finishedAt) {
        public boolean isDone() {
            return finishedAt.isPresent();
        }
    }

    public boolean isRunning() {
        return outcome.equals("running");
    }

    public boolean failed() {
        return outcome.equals("failed");
    }
}
