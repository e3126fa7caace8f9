package dev.cotton.scheduler.rest;

import dev.cotton.scheduler.fleet.Fleet;
import dev.cotton.scheduler.rest.edge.Answers;
import dev.cotton.scheduler.rest.edge.Audit;
import dev.cotton.scheduler.rest.edge.Gate;
import dev.cotton.scheduler.rest.edge.Routes;
import dev.cotton.scheduler.rest.edge.ServerTls;
import dev.cotton.scheduler.rest.edge.Tokens;
import dev.cotton.scheduler.rest.event.EventHub;
import dev.cotton.scheduler.rest.metrics.MetricRoutes;
import dev.cotton.scheduler.rest.original.OriginalRoutes;
import dev.cotton.scheduler.rest.resource.ApiJson;
import dev.cotton.scheduler.rest.standby.Standby;
import dev.cotton.scheduler.rest.standby.Standing;
import dev.cotton.scheduler.rest.v1.BackupRoutes;
import dev.cotton.scheduler.rest.v1.ClusterRoutes;
import dev.cotton.scheduler.rest.v1.EventRoutes;
import dev.cotton.scheduler.rest.v1.InstanceRoutes;
import dev.cotton.scheduler.rest.v1.QuarantineRoutes;
import dev.cotton.scheduler.rest.v1.RestoreRoutes;
import dev.cotton.scheduler.rest.v1.SchedulerRoutes;
import dev.cotton.scheduler.rest.v1.SchemaChangeRoutes;
import dev.cotton.scheduler.rest.v1.SuccessionRoutes;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HandlerType;
import io.javalin.json.JavalinJackson3;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scheduler's HTTP server. Made, started once, closed once; {@link #close} ends every thread and stream of it.
 * Thread-safe.
 */
public final class RestServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RestServer.class);

    private final RestSettings settings;
    private final EventHub events;
    private final Standby standby;
    private final Javalin javalin;

    /**
     * Reads the token and TLS files, and listens to the fleet's events from now on. Nobody can connect before
     * {@link #start}.
     *
     * @param registry whose meters {@code /metrics} shows, with those of clusters and requests added
     * @throws IllegalArgumentException with a sentence when a file of the settings cannot be used
     */
    public RestServer(RestSettings settings, Fleet fleet, Surroundings surroundings, PrometheusMeterRegistry registry) {
        this.settings = settings;
        Gate gate = new Gate(
                settings.access().tokenFile().map(Tokens::read), settings.loopback(), Set.of(settings.reachedAs()));
        Standing standing = new Standing(fleet::ready, surroundings.leads(), surroundings.leader(), this::url);
        standby = new Standby(
                standing,
                settings.access()
                        .tls()
                        .flatMap(RestSettings.TlsFiles::authority)
                        .map(ServerTls::client));
        events = new EventHub(fleet);
        InstantSource clock = InstantSource.system();
        MetricRoutes metrics =
                new MetricRoutes(registry, fleet, surroundings.backups(), events, surroundings.framework(), clock);
        javalin = Javalin.create(config -> {
            Http.configure(config, settings);
            config.jsonMapper(new JavalinJackson3(ApiJson.mapper(), true));
            config.routes.before(gate);
            config.routes.before("/api/v1/*", standby::redirect);
            Answers.register(config.routes);
            config.routes.after(new Audit(settings.auditFile(), clock));
            config.requestLogger.http((ctx, millis) ->
                    metrics.answered(ctx, Duration.ofNanos((long) (millis.doubleValue() * 1_000_000))));
            addRoutes(config, fleet, surroundings, standing, metrics);
        });
    }

    private void addRoutes(
            JavalinConfig config, Fleet fleet, Surroundings surroundings, Standing standing, MetricRoutes metrics) {
        Routes routes = new Routes(config.routes);
        new ClusterRoutes(fleet, surroundings.backups(), surroundings.origins(), surroundings.clusterUrl())
                .register(routes);
        new SuccessionRoutes(fleet, surroundings.backups(), surroundings.clusterUrl(), InstantSource.system())
                .register(routes);
        new RestoreRoutes(fleet, surroundings.origins()).register(routes);
        new BackupRoutes(surroundings.backups()).register(routes);
        new InstanceRoutes(fleet).register(routes);
        new QuarantineRoutes(fleet).register(routes);
        new SchemaChangeRoutes(fleet, InstantSource.system()).register(routes);
        new EventRoutes(events).register(routes);
        new SchedulerRoutes(fleet, standing, surroundings.authority(), surroundings.version()).register(routes);
        new OriginalRoutes(fleet, surroundings.origins(), surroundings.clusterUrl(), InstantSource.system())
                .register(routes, standby);
        metrics.register(routes);
    }

    /**
     * Begins to listen.
     *
     * @throws IllegalStateException with a sentence when it cannot, for instance because the port is taken
     */
    public void start() {
        try {
            javalin.start();
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "The API cannot listen on " + settings.address() + " port " + settings.port() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /** Where callers reach this server, without a slash at the end; only after {@link #start}. */
    public String url() {
        String scheme = settings.access().tls().isPresent() ? "https" : "http";
        return scheme + "://" + settings.reachedAs() + ":" + javalin.port();
    }

    /** Every route, as {@code GET /path/{parameter}}; HEAD, which every GET answers, is left out. */
    Set<String> routes() {
        return javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(handler -> handler.endpoint)
                .filter(endpoint -> endpoint.method.isHttpMethod() && !endpoint.method.equals(HandlerType.HEAD))
                .map(endpoint -> endpoint.method.name() + " " + endpoint.path)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Stops listening, lets requests that are under way end for some seconds, and ends the rest. */
    @Override
    public void close() {
        events.close();
        try {
            javalin.stop();
        } catch (RuntimeException e) {
            LOG.warn("Not every request ended before the API was stopped", e);
        }
        standby.close();
    }
}
