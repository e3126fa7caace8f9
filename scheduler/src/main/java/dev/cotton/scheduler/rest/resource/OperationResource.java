package dev.cotton.scheduler.rest.resource;

import dev.cotton.core.model.Operation.Kind;
import dev.cotton.core.model.Operation.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that was asked for and takes a while.
 *
 * @param progress 0 to 1
 * @param why the last thing that was said about it
 */
public record OperationResource(
        String id,
        String cluster,
        Kind kind,
        Outcome outcome,
        Instant startedAt,
        Optional<Instant> finishedAt,
        double progress,
        List<StepResource> steps,
        String why) {
    public OperationResource {
        steps = List.copyOf(steps);
    }
}
