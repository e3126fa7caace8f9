package dev.cotton.scheduler.rest.metrics;

import dev.cotton.core.control.Assessment.State;
import dev.cotton.core.model.Event.Kind;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Member;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.MysqlReport.Replication;
import dev.cotton.core.wire.Status;
import dev.cotton.scheduler.fleet.ClusterView;
import dev.cotton.scheduler.fleet.Fleet;
import dev.cotton.scheduler.rest.event.EventHub;
import dev.cotton.scheduler.rest.resource.ApiJson;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** Meters of clusters and instances. Those of one that is gone vanish with the next {@link #refresh}. */
final class FleetMeters {
    private final Fleet fleet;
    private final MultiGauge state;
    private final MultiGauge instances;
    private final MultiGauge inSync;
    private final MultiGauge ackCount;
    private final MultiGauge up;
    private final MultiGauge lag;
    private final MultiGauge memory;
    private final MultiGauge disk;
    private final MultiGauge diskFree;
    private final MultiGauge sandbox;
    private final MultiGauge sandboxFree;

    FleetMeters(MeterRegistry registry, Fleet fleet, EventHub events) {
        this.fleet = fleet;
        state = gauge(registry, "cotton.cluster.state", "1 for the state that the cluster is in");
        instances = gauge(registry, "cotton.cluster.instances", "Instances that were asked for");
        inSync = gauge(registry, "cotton.cluster.in.sync", "Members of the in-sync set, the primary among them");
        ackCount = gauge(registry, "cotton.cluster.ack.count", "Acknowledgements that a commit waits for");
        up = gauge(registry, "cotton.instance.up", "1 while mysqld and its executor answer");
        lag = gauge(registry, "cotton.instance.lag.seconds", "How far a replica is behind");
        memory = gauge(registry, "cotton.instance.memory.bytes", "Memory in use");
        disk = gauge(registry, "cotton.instance.disk.bytes", "Disk in use");
        diskFree = gauge(registry, "cotton.instance.disk.free.bytes", "Disk that is left to the instance");
        sandbox = gauge(registry, "cotton.instance.sandbox.bytes", "Disk in use beside the volume, on a fleet");
        sandboxFree = gauge(registry, "cotton.instance.sandbox.free.bytes", "What is left of that");
        Gauge.builder("cotton.leading", fleet, asked -> asked.ready() ? 1 : 0)
                .description("1 while this scheduler leads")
                .register(registry);
        Gauge.builder("cotton.event.streams", events, EventHub::openStreams)
                .description("Clients that listen to events")
                .register(registry);
        for (Kind kind : Kind.values()) {
            FunctionCounter.builder("cotton.events", events, hub -> hub.count(kind))
                    .tag("kind", ApiJson.word(kind))
                    .description("What happened to clusters since this process began")
                    .register(registry);
        }
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    /** Looks at the fleet; without the lead there is nothing to see. */
    void refresh() {
        List<ClusterView> live = fleet.ready()
                ? fleet.clusters().stream()
                        .filter(view -> view.record().holdsName())
                        .toList()
                : List.of();
        state.register(rows(live, FleetMeters::states), true);
        instances.register(rows(live, view -> one(view, view.record().spec().instances())), true);
        inSync.register(rows(live, view -> one(view, view.record().inSync().size())), true);
        ackCount.register(rows(live, view -> one(view, view.record().ackCount())), true);
        up.register(
                members(
                        live,
                        (view, id) -> Optional.of(view.observation().mysql(id).isPresent() ? 1 : 0)),
                true);
        lag.register(members(live, FleetMeters::lag), true);
        memory.register(usage(live, usage -> usage.memory().bytes()), true);
        disk.register(usage(live, usage -> usage.diskUsed().bytes()), true);
        diskFree.register(usage(live, usage -> usage.diskFree().bytes()), true);
        sandbox.register(rooms(live, room -> room.used().bytes()), true);
        sandboxFree.register(rooms(live, room -> room.free().bytes()), true);
    }

    private static Iterable<Row<?>> rows(List<ClusterView> live, Function<ClusterView, Stream<Row<?>>> of) {
        return live.stream().flatMap(of).toList();
    }

    private static Stream<Row<?>> states(ClusterView view) {
        return Arrays.stream(State.values())
                .map(value -> Row.of(
                        cluster(view).and("state", ApiJson.word(value)),
                        view.assessment().state() == value ? 1 : 0));
    }

    private static Stream<Row<?>> one(ClusterView view, Number value) {
        return Stream.of(Row.of(cluster(view), value));
    }

    private static Iterable<Row<?>> usage(List<ClusterView> live, Function<Status.Usage, Number> of) {
        return members(live, (view, id) -> view.observation().status(id).map(status -> of.apply(status.usage())));
    }

    private static Iterable<Row<?>> rooms(List<ClusterView> live, Function<Status.Room, Number> of) {
        return members(
                live,
                (view, id) -> view.observation()
                        .status(id)
                        .flatMap(status -> status.usage().sandbox())
                        .map(of));
    }

    private static Iterable<Row<?>> members(
            List<ClusterView> live, BiFunction<ClusterView, InstanceId, Optional<? extends Number>> of) {
        return rows(
                live,
                view -> view.record().members().stream()
                        .map(Member::id)
                        .flatMap(id -> of
                                .apply(view, id)
                                .<Row<?>>map(value -> Row.of(cluster(view).and("instance", id.toString()), value))
                                .stream()));
    }

    private static Optional<Double> lag(ClusterView view, InstanceId id) {
        return view.observation()
                .mysql(id)
                .flatMap(MysqlReport::replication)
                .flatMap(Replication::lag)
                .map(lag -> lag.toMillis() / 1000.0);
    }

    private static Tags cluster(ClusterView view) {
        return Tags.of("cluster", view.record().name().value());
    }
}
