package dev.cotton.scheduler.rest.v1;

import dev.cotton.core.wire.SchemaChange;
import dev.cotton.scheduler.fleet.Fleet;
import dev.cotton.scheduler.rest.edge.Parameters;
import dev.cotton.scheduler.rest.edge.Routes;
import dev.cotton.scheduler.rest.resource.SchemaChangeResource;
import dev.cotton.scheduler.rest.resource.SchemaChangesResource;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.InstantSource;

/** What changed the schemas of clusters. */
public final class SchemaChangeRoutes {
    private static final Duration USUAL = Duration.ofDays(1);
    private static final Duration MOST = Duration.ofDays(365);

    private final Fleet fleet;
    private final InstantSource clock;

    public SchemaChangeRoutes(Fleet fleet, InstantSource clock) {
        this.fleet = fleet;
        this.clock = clock;
    }

    public void register(Routes routes) {
        routes.get("/api/v1/clusters/{name}/schema-changes", this::list);
    }

    private void list(Context ctx) {
        Parameters.only(ctx, "minutes");
        long minutes = Parameters.number(ctx, "minutes", USUAL.toMinutes(), 1, MOST.toMinutes());
        SchemaChange.Found found =
                fleet.schemaChanges(Parameters.clusterName(ctx), clock.instant().minus(Duration.ofMinutes(minutes)));
        ctx.json(new SchemaChangesResource(
                found.changes().stream()
                        .map(change -> new SchemaChangeResource(
                                change.gtid().toString(), change.at(), change.schema(), change.statement()))
                        .toList(),
                found.since()));
    }
}
