package dev.cotton.core.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that somebody asked for and that takes a while.
 *
 * @param id unique among all clusters
 * @param idempotencyKey what the caller gave to be able to ask again safely
 * @param steps in their order; done from the first to the last
 * @param why the last thing that was said about it, for people
 */
public record Operation(
        String id,
        Kind kind,
        Outcome outcome,
        Instant startedAt,
        Optional<Instant> finishedAt,
        Optional<String> idempotencyKey,
        List<Step> steps,
        String why) {
    /** What was asked for. */
    public enum Kind {
        CREATE,
        DELETE,
        RESTORE,
        PURGE,
        STOP,
        START,
        SWITCHOVER,
        FAILOVER,
        CHANGE,
        REPLACE
    }

    /** How it stands. */
    public enum Outcome {
        RUNNING,
        SUCCEEDED,
        FAILED
    }

    /** One step, done when {@code finishedAt} is there. */
    public record Step(String name, Optional<Instant> finishedAt) {}

    public Operation {
        steps = List.copyOf(steps);
    }

    /** 0 to 1, by steps. */
    public double progress() {
        long done = steps.stream().filter(step -> step.finishedAt().isPresent()).count();
        return steps.isEmpty() ? 1 : (double) done / steps.size();
    }

    /** The same with other steps. */
    public Operation withSteps(List<Step> next) {
        return new Operation(id, kind, outcome, startedAt, finishedAt, idempotencyKey, next, why);
    }

    /** This operation, over. */
    public Operation ended(Outcome how, Instant at, String why) {
        return new Operation(id, kind, how, startedAt, Optional.of(at), idempotencyKey, steps, why);
    }
}
