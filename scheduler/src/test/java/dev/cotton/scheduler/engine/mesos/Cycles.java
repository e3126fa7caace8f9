package dev.cotton.scheduler.engine.mesos;

import dev.cotton.core.mesos.Call;
import dev.cotton.core.mesos.Offer;
import dev.cotton.core.mesos.Operation;
import dev.cotton.core.mesos.Resource;
import dev.cotton.core.mesos.TaskInfo;
import dev.cotton.core.model.InstanceId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs what is done with offers, for tests, and takes it apart. */
final class Cycles {
    private Cycles() {}

    static OfferCycle.Outcome cycle(List<Offer> offers, MesosInstance... instances) {
        Map<InstanceId, String> tokens =
                Stream.of(instances).collect(Collectors.toMap(MesosInstance::id, _ -> "token"));
        AtomicInteger nonces = new AtomicInteger();
        return OfferCycle.of(new OfferCycle.Given(
                offers,
                List.of(instances),
                tokens,
                Fixtures.launching(true),
                () -> "nonce-" + nonces.incrementAndGet(),
                Set.of()));
    }

    static List<Offer> free(int agent) {
        return List.of(Fixtures.offer("o" + agent, agent, Fixtures.plenty()));
    }

    static Call.Accept accept(OfferCycle.Outcome outcome) {
        return outcome.calls().stream()
                .filter(Call.Accept.class::isInstance)
                .map(Call.Accept.class::cast)
                .findFirst()
                .orElseThrow();
    }

    static <T extends Operation.Change> T operation(OfferCycle.Outcome outcome, Class<T> kind) {
        return accept(outcome).operations().stream()
                .map(Operation::change)
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }

    static TaskInfo task(OfferCycle.Outcome outcome) {
        return operation(outcome, Operation.Launch.class).taskInfos().getFirst();
    }

    /** What a task of {@code instance} and its executor have. */
    static List<Resource> all(TaskInfo task) {
        return Stream.concat(task.resources().stream(), task.executor().orElseThrow().resources().stream())
                .toList();
    }
}
