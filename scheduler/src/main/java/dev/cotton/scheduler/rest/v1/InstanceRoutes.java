package dev.cotton.scheduler.rest.v1;

import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Member;
import dev.cotton.core.port.Executors.LogPiece;
import dev.cotton.scheduler.fleet.ClusterView;
import dev.cotton.scheduler.fleet.Fleet;
import dev.cotton.scheduler.rest.edge.Parameters;
import dev.cotton.scheduler.rest.edge.RequestRefused;
import dev.cotton.scheduler.rest.edge.Routes;
import dev.cotton.scheduler.rest.resource.InstanceResource;
import dev.cotton.scheduler.rest.resource.LogResource;
import dev.cotton.scheduler.rest.resource.ProblemCode;
import io.javalin.http.Context;

/** Instances of live clusters, and their logs. */
public final class InstanceRoutes {
    private static final int ORDINARY_PIECE = 64 << 10;
    private static final int LARGEST_PIECE = 1 << 20;

    private final Fleet fleet;

    public InstanceRoutes(Fleet fleet) {
        this.fleet = fleet;
    }

    public void register(Routes routes) {
        routes.get("/api/v1/instances/{id}", this::show);
        routes.get("/api/v1/instances/{id}/log", this::log);
    }

    private void show(Context ctx) {
        Parameters.only(ctx);
        InstanceId id = Parameters.instanceId(ctx);
        ClusterView view = fleet.cluster(id.cluster());
        InstanceResource instance = Views.instance(view, member(view, id));
        ctx.json(instance);
    }

    private void log(Context ctx) {
        Parameters.only(ctx, "name", "offset", "limit");
        String name = Parameters.word(ctx, "name", "mysqld", "executor");
        int limit = (int) Parameters.number(ctx, "limit", ORDINARY_PIECE, 1, LARGEST_PIECE);
        long offset = Parameters.number(ctx, "offset", -limit, Long.MIN_VALUE, Long.MAX_VALUE);
        InstanceId id = Parameters.instanceId(ctx);
        LogPiece piece = fleet.log(id, name, offset, limit);
        ctx.json(new LogResource(piece.text(), piece.next()));
    }

    private static Member member(ClusterView view, InstanceId id) {
        return view.record()
                .member(id)
                .orElseThrow(() -> new RequestRefused(
                        ProblemCode.NOT_FOUND, "Cluster " + id.cluster() + " has no instance " + id + " now."));
    }
}
