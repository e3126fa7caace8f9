package dev.cotton.scheduler.fleet;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.Operation;
import dev.cotton.core.model.Operation.Outcome;
import dev.cotton.core.model.Operation.Step;
import dev.cotton.scheduler.fleet.Fleet.Started;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The last operation of clusters that are gone for good, so that whoever asked for the end learns of it. Bounded, in
 * memory. Thread-safe.
 */
final class Past {
    private static final int KEPT = 200;
    private final Deque<Started> ended = new ArrayDeque<>();

    synchronized void remember(ClusterRecord last, Instant now) {
        if (last.operations().isEmpty()) {
            return;
        }
        Operation operation = last.operations().getLast();
        ended.addLast(new Started(
                last.name(),
                new Operation(
                        operation.id(),
                        operation.kind(),
                        Outcome.SUCCEEDED,
                        operation.startedAt(),
                        Optional.of(now),
                        operation.idempotencyKey(),
                        operation.steps().stream()
                                .map(step ->
                                        new Step(step.name(), step.finishedAt().or(() -> Optional.of(now))))
                                .toList(),
                        "All data are destroyed.")));
        if (ended.size() > KEPT) {
            ended.removeFirst();
        }
    }

    synchronized Optional<Started> operation(String id) {
        return ended.stream()
                .filter(started -> started.operation().id().equals(id))
                .findFirst();
    }
}
