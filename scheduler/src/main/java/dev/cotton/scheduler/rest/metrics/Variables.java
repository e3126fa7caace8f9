package dev.cotton.scheduler.rest.metrics;

import dev.cotton.core.model.ClusterSpec;
import dev.cotton.core.model.Event.Kind;
import dev.cotton.core.model.Resources;
import dev.cotton.core.port.FrameworkFigures;
import dev.cotton.scheduler.fleet.Fleet;
import dev.cotton.scheduler.rest.event.EventHub;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * {@code /vars.json}: the original's metrics. Counters count from the start of this process. On Mesos offers and tasks are
 * what the original counted; on one machine a task is an instance, launched when it is wanted and killed when it is retired,
 * and there are no offers.
 */
final class Variables {
    private final Fleet fleet;
    private final EventHub events;
    private final Supplier<Optional<FrameworkFigures>> framework;
    private final InstantSource clock;

    Variables(Fleet fleet, EventHub events, Supplier<Optional<FrameworkFigures>> framework, InstantSource clock) {
        this.fleet = fleet;
        this.events = events;
        this.framework = framework;
        this.clock = clock;
    }

    Map<String, Number> read() {
        boolean ready = fleet.ready();
        List<ClusterSpec> specs = ready ? liveSpecs() : List.of();
        FrameworkFigures figures = framework.get().orElseGet(() -> ofThisMachine(ready));
        Map<String, Number> variables = new LinkedHashMap<>();
        variables.put("scheduler.cluster_count", specs.size());
        variables.put("scheduler.framework_registered", figures.registered() ? 1 : 0);
        variables.put("scheduler.offers_incompatible_role", figures.offers().ofOtherRoles());
        variables.put("scheduler.offers_unused", figures.offers().unused());
        variables.put("scheduler.resource_offers", figures.offers().all());
        variables.put("scheduler.tasks_failed", figures.tasks().failed());
        variables.put("scheduler.tasks_finished", figures.tasks().finished());
        variables.put("scheduler.tasks_killed", figures.tasks().killed());
        variables.put("scheduler.tasks_launched", figures.tasks().launched());
        variables.put("scheduler.tasks_lost", figures.tasks().lost());
        variables.put("scheduler.total_requested_cpus", total(specs, Resources::cpus));
        variables.put("scheduler.total_requested_disk_mb", (long)
                total(specs, size -> size.disk().megabytes()));
        variables.put("scheduler.total_requested_mem_mb", (long)
                total(specs, size -> size.mem().megabytes()));
        variables.put(
                "scheduler.uptime",
                Duration.between(fleet.startedAt(), clock.instant()).toSeconds());
        return variables;
    }

    private FrameworkFigures ofThisMachine(boolean ready) {
        return new FrameworkFigures(
                ready,
                new FrameworkFigures.Offers(0, 0, 0),
                new FrameworkFigures.Tasks(
                        events.count(Kind.MEMBER_WANTED),
                        0,
                        0,
                        events.count(Kind.MEMBER_RETIRED),
                        events.count(Kind.MEMBER_LOST)));
    }

    private List<ClusterSpec> liveSpecs() {
        return fleet.clusters().stream()
                .filter(view -> view.record().holdsName())
                .map(view -> view.record().spec())
                .toList();
    }

    private static double total(List<ClusterSpec> specs, ToDoubleFunction<Resources> of) {
        return specs.stream()
                .mapToDouble(spec -> spec.instances() * of.applyAsDouble(spec.size()))
                .sum();
    }
}
