package dev.cotton.scheduler.rest.metrics;

import dev.cotton.scheduler.fleet.Fleet;
import dev.cotton.scheduler.rest.edge.Routes;
import dev.cotton.scheduler.rest.event.EventHub;
import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;

/** {@code /metrics} and {@code /vars.json}, of this very process, standby or not. */
public final class MetricRoutes {
    private final PrometheusMeterRegistry registry;
    private final FleetMeters meters;
    private final Variables variables;

    public MetricRoutes(PrometheusMeterRegistry registry, Fleet fleet, EventHub events, InstantSource clock) {
        this.registry = registry;
        this.meters = new FleetMeters(registry, fleet, events);
        this.variables = new Variables(fleet, events, clock);
    }

    public void register(Routes routes) {
        routes.get("/metrics", this::prometheus);
        routes.get("/vars.json", ctx -> ctx.json(variables.read()));
    }

    /** Counts a request. */
    public void answered(Context ctx, Duration took) {
        registry.timer(
                        "cotton.http.requests",
                        "method",
                        ctx.method().name(),
                        "route",
                        ctx.endpoint().path,
                        "status",
                        String.valueOf(ctx.statusCode()))
                .record(took);
    }

    private synchronized void prometheus(Context ctx) {
        meters.refresh();
        ctx.contentType("text/plain; version=0.0.4; charset=utf-8").result(registry.scrape());
    }
}
