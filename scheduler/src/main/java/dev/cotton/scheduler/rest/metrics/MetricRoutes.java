package dev.cotton.scheduler.rest.metrics;

import dev.cotton.core.port.FrameworkFigures;
import dev.cotton.scheduler.fleet.Backups;
import dev.cotton.scheduler.fleet.Fleet;
import dev.cotton.scheduler.rest.edge.Routes;
import dev.cotton.scheduler.rest.event.EventHub;
import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /metrics} and {@code /vars.json}, of this very process, standby or not. */
public final class MetricRoutes {
    private final PrometheusMeterRegistry registry;
    private final FleetMeters meters;
    private final BackupMeters backups;
    private final Variables variables;

    /** @param framework what was counted of offers and tasks; empty when databases run on this machine */
    public MetricRoutes(
            PrometheusMeterRegistry registry,
            Fleet fleet,
            Backups backups,
            EventHub events,
            Supplier<Optional<FrameworkFigures>> framework,
            InstantSource clock) {
        this.registry = registry;
        this.meters = new FleetMeters(registry, fleet, events);
        this.backups = new BackupMeters(registry, fleet, backups, clock);
        this.variables = new Variables(fleet, events, framework, clock);
    }

    public void register(Routes routes) {
        routes.get("/metrics", this::prometheus);
        routes.get("/vars.json", ctx -> ctx.json(variables.read()));
    }

    /** Counts a request by its route; one that has none counts as {@code none}. */
    public void answered(Context ctx, Duration took) {
        @Nullable Endpoint route = ctx.endpoints().lastHttpEndpoint();
        String method = route == null ? "none" : route.method.name();
        String path = route == null ? "none" : route.path;
        String status = String.valueOf(ctx.statusCode());
        registry.timer("cotton.http.requests", "method", method, "route", path, "status", status)
                .record(took);
    }

    private synchronized void prometheus(Context ctx) {
        meters.refresh();
        backups.refresh();
        ctx.contentType("text/plain; version=0.0.4; charset=utf-8").result(registry.scrape());
    }
}
