package dev.cotton.scheduler.rest.metrics;

import dev.cotton.core.model.ClusterSpec;
import dev.cotton.core.model.Event.Kind;
import dev.cotton.core.model.Resources;
import dev.cotton.scheduler.fleet.Fleet;
import dev.cotton.scheduler.rest.event.EventHub;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * {@code /vars.json}: the original's metrics. Counters count from the start of this process. A task of the original is an
 * instance here: launched when it is wanted, killed when it is retired. Offers and tasks that finish or fail by
 * themselves exist on Mesos only, and stay 0 elsewhere.
 */
final class Variables {
    private final Fleet fleet;
    private final EventHub events;
    private final InstantSource clock;

    Variables(Fleet fleet, EventHub events, InstantSource clock) {
        this.fleet = fleet;
        this.events = events;
        this.clock = clock;
    }

    Map<String, Number> read() {
        boolean ready = fleet.ready();
        List<ClusterSpec> specs = ready ? liveSpecs() : List.of();
        Map<String, Number> variables = new LinkedHashMap<>();
        variables.put("scheduler.cluster_count", specs.size());
        variables.put("scheduler.framework_registered", ready ? 1 : 0);
        variables.put("scheduler.offers_incompatible_role", 0);
        variables.put("scheduler.offers_unused", 0);
        variables.put("scheduler.resource_offers", 0);
        variables.put("scheduler.tasks_failed", 0);
        variables.put("scheduler.tasks_finished", 0);
        variables.put("scheduler.tasks_killed", events.count(Kind.MEMBER_RETIRED));
        variables.put("scheduler.tasks_launched", events.count(Kind.MEMBER_WANTED));
        variables.put("scheduler.tasks_lost", events.count(Kind.MEMBER_LOST));
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
