package dev.cotton.scheduler.rest.v1;

import dev.cotton.scheduler.fleet.Fleet;
import dev.cotton.scheduler.rest.edge.Parameters;
import dev.cotton.scheduler.rest.edge.RequestRefused;
import dev.cotton.scheduler.rest.edge.Routes;
import dev.cotton.scheduler.rest.resource.HealthResource;
import dev.cotton.scheduler.rest.resource.ProblemCode;
import dev.cotton.scheduler.rest.resource.VersionResource;
import dev.cotton.scheduler.rest.standby.Standing;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the scheduler says of itself and of what it owns as a whole, and operations. */
public final class SchedulerRoutes {
    private final Fleet fleet;
    private final Standing standing;
    private final Supplier<Optional<String>> authority;
    private final String version;
    private final byte[] contract;

    public SchedulerRoutes(Fleet fleet, Standing standing, Supplier<Optional<String>> authority, String version) {
        this.fleet = fleet;
        this.standing = standing;
        this.authority = authority;
        this.version = version;
        this.contract = contract();
    }

    public void register(Routes routes) {
        routes.get("/api/v1/operations/{id}", this::operation);
        routes.get("/api/v1/capacity", this::capacity);
        routes.get("/api/v1/ca", this::authority);
        routes.get("/api/v1/version", this::version);
        routes.get("/api/v1/health", this::health);
        routes.get("/api/v1/openapi.yaml", this::contract);
    }

    private void operation(Context ctx) {
        Parameters.only(ctx);
        ctx.json(Views.operation(fleet.operation(ctx.pathParam("id"))));
    }

    private void capacity(Context ctx) {
        Parameters.only(ctx);
        ctx.json(CapacityViews.of(fleet.capacity(), fleet.roles()));
    }

    private void authority(Context ctx) {
        Parameters.only(ctx);
        String certificate = authority
                .get()
                .orElseThrow(() -> new RequestRefused(
                        ProblemCode.NOT_READY, "The certificate authority is not made yet. Ask again in a moment."));
        ctx.contentType("application/x-pem-file").result(certificate.getBytes(StandardCharsets.US_ASCII));
    }

    private void version(Context ctx) {
        Parameters.only(ctx);
        ctx.json(new VersionResource(version, Runtime.version().toString(), fleet.startedAt()));
    }

    private void health(Context ctx) {
        Parameters.only(ctx);
        HealthResource health = standing.health();
        ctx.status(health.role() == HealthResource.Role.LOADING ? 503 : 200).json(health);
    }

    private void contract(Context ctx) {
        Parameters.only(ctx);
        ctx.contentType("application/yaml").result(contract);
    }

    private static byte[] contract() {
        try (@Nullable InputStream in = SchedulerRoutes.class.getResourceAsStream("/openapi.yaml")) {
            if (in == null) {
                throw new IllegalStateException("openapi.yaml is not part of this build.");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
