package dev.cotton.scheduler.rest.v1;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.Origin;
import dev.cotton.scheduler.fleet.Fleet;
import dev.cotton.scheduler.fleet.Origins;
import dev.cotton.scheduler.rest.edge.JsonBody;
import dev.cotton.scheduler.rest.edge.Parameters;
import dev.cotton.scheduler.rest.edge.RequestRefused;
import dev.cotton.scheduler.rest.edge.Routes;
import dev.cotton.scheduler.rest.resource.FromBackup;
import dev.cotton.scheduler.rest.resource.PlanResource;
import dev.cotton.scheduler.rest.resource.ProblemCode;
import dev.cotton.scheduler.rest.resource.ReplaceCluster;
import io.javalin.http.Context;
import java.util.Optional;

/** The data of a backup in the place of a cluster's own. */
public final class RestoreRoutes {
    private final Fleet fleet;
    private final Origins origins;

    public RestoreRoutes(Fleet fleet, Origins origins) {
        this.fleet = fleet;
        this.origins = origins;
    }

    public void register(Routes routes) {
        routes.post("/api/v1/clusters/{name}/replace", this::replace);
    }

    private void replace(Context ctx) {
        Parameters.only(ctx);
        ClusterName name = Parameters.clusterName(ctx);
        ReplaceCluster wish = JsonBody.read(ctx, ReplaceCluster.class);
        DataSize disk = fleet.cluster(name).record().spec().size().disk();
        Optional<FromBackup> from = wish.from();
        ClusterName source =
                from.flatMap(FromBackup::cluster).map(RestoreRoutes::source).orElse(name);
        Origin origin = origins.find(
                source, from.flatMap(FromBackup::backup).orElse(Origins.LATEST), from.flatMap(RestorePoints::of), disk);
        if (wish.dryRun().orElse(false)) {
            ctx.json(new PlanResource(fleet.replacementPlan(name, origin)));
        } else {
            ClusterRoutes.accepted(ctx, fleet.replace(name, origin));
        }
    }

    /** What a new cluster is to begin with. */
    static Origin origin(Origins origins, FromBackup from, DataSize disk) {
        ClusterName cluster = source(from.cluster()
                .orElseThrow(
                        () -> new RequestRefused(ProblemCode.MISSING, "from.cluster", "from.cluster: it is needed.")));
        return origins.find(cluster, from.backup().orElse(Origins.LATEST), RestorePoints.of(from), disk);
    }

    private static ClusterName source(String text) {
        try {
            return new ClusterName(text);
        } catch (IllegalArgumentException malformed) {
            throw new RequestRefused(ProblemCode.INVALID, "from.cluster", "from.cluster: " + malformed.getMessage());
        }
    }
}
