package dev.cotton.scheduler.rest.v1;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.ClusterRecord.Power;
import dev.cotton.core.model.ClusterSpec;
import dev.cotton.core.model.Origin;
import dev.cotton.scheduler.fleet.Backups;
import dev.cotton.scheduler.fleet.Fleet;
import dev.cotton.scheduler.fleet.Fleet.Creation;
import dev.cotton.scheduler.fleet.Fleet.Credentials;
import dev.cotton.scheduler.fleet.Fleet.Started;
import dev.cotton.scheduler.fleet.Origins;
import dev.cotton.scheduler.rest.edge.Audit;
import dev.cotton.scheduler.rest.edge.JsonBody;
import dev.cotton.scheduler.rest.edge.Parameters;
import dev.cotton.scheduler.rest.edge.RequestRefused;
import dev.cotton.scheduler.rest.edge.Routes;
import dev.cotton.scheduler.rest.edge.Wishes;
import dev.cotton.scheduler.rest.resource.ApiJson;
import dev.cotton.scheduler.rest.resource.ChangeCluster;
import dev.cotton.scheduler.rest.resource.ClusterList;
import dev.cotton.scheduler.rest.resource.ClusterResource;
import dev.cotton.scheduler.rest.resource.CreateCluster;
import dev.cotton.scheduler.rest.resource.CreatePlacement;
import dev.cotton.scheduler.rest.resource.CreateSize;
import dev.cotton.scheduler.rest.resource.CredentialsResource;
import dev.cotton.scheduler.rest.resource.EventList;
import dev.cotton.scheduler.rest.resource.InstanceList;
import dev.cotton.scheduler.rest.resource.PlanResource;
import dev.cotton.scheduler.rest.resource.ProblemCode;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Clusters, live and in the bin. */
public final class ClusterRoutes {
    private static final int ORDINARY_INSTANCES = 3;
    private static final String ORDINARY_USER = "app";
    private static final String DRY_RUN = "dryRun";
    private static final Wishes WISHES = new Wishes(Map.of(
            "cpus",
            "size.cpus",
            "mem",
            "size.mem",
            "disk",
            "size.disk",
            "role",
            "placement.role",
            "diskType",
            "placement.diskType"));

    private final Fleet fleet;
    private final Origins origins;
    private final Function<ClusterName, String> clusterUrl;
    private final Views views;

    public ClusterRoutes(Fleet fleet, Backups backups, Origins origins, Function<ClusterName, String> clusterUrl) {
        this.fleet = fleet;
        this.origins = origins;
        this.clusterUrl = clusterUrl;
        this.views = new Views(clusterUrl, backups);
    }

    public void register(Routes routes) {
        routes.get("/api/v1/clusters", ctx -> list(ctx, true));
        routes.post("/api/v1/clusters", this::create);
        routes.get("/api/v1/clusters/{name}", this::show);
        routes.patch("/api/v1/clusters/{name}", this::change);
        routes.delete("/api/v1/clusters/{name}", this::delete);
        routes.post("/api/v1/clusters/{name}/restore", ctx -> start(ctx, fleet::restore));
        routes.post(
                "/api/v1/clusters/{name}/stop", ctx -> end(ctx, name -> fleet.power(name, Power.OFF), fleet::stopPlan));
        routes.post("/api/v1/clusters/{name}/start", ctx -> start(ctx, name -> fleet.power(name, Power.ON)));
        routes.get("/api/v1/clusters/{name}/instances", this::instances);
        routes.get("/api/v1/clusters/{name}/events", this::events);
        routes.get("/api/v1/clusters/{name}/credentials", this::credentials);
        routes.get("/api/v1/bin", ctx -> list(ctx, false));
        routes.delete("/api/v1/bin/{name}", ctx -> end(ctx, fleet::purgeFromBin, fleet::purgePlan));
    }

    private void list(Context ctx, boolean live) {
        Parameters.only(ctx);
        ctx.json(new ClusterList(fleet.clusters().stream()
                .filter(view -> view.record().holdsName() == live)
                .map(views::cluster)
                .toList()));
    }

    private void create(Context ctx) {
        Parameters.only(ctx);
        Optional<String> key = Parameters.idempotencyKey(ctx);
        CreateCluster wish = JsonBody.read(ctx, CreateCluster.class);
        ClusterName name = Parameters.clusterName(
                wish.name().orElseThrow(() -> new RequestRefused(ProblemCode.MISSING, "name", "name: it is needed.")));
        ClusterSpec spec = WISHES.spec(
                wish.instances().orElse(ORDINARY_INSTANCES),
                WISHES.size(wish.size().orElse(CreateSize.ORDINARY)),
                WISHES.durability(wish.durability().orElse("lossless")),
                wish.user().orElse(ORDINARY_USER),
                wish.options().orElse(Map.of()),
                WISHES.placement(wish.placement().orElse(CreatePlacement.ORDINARY)));
        Optional<String> password = WISHES.password(wish.password());
        Optional<Origin> origin = wish.from()
                .map(from -> RestoreRoutes.origin(origins, from, spec.size().disk()));
        accepted(ctx, fleet.create(new Creation(name, spec, password, key, origin)));
    }

    private void show(Context ctx) {
        Parameters.only(ctx);
        ClusterResource cluster = views.cluster(fleet.cluster(Parameters.clusterName(ctx)));
        ctx.json(cluster);
    }

    private void change(Context ctx) {
        Parameters.only(ctx);
        ClusterName name = Parameters.clusterName(ctx);
        ChangeCluster wish = JsonBody.read(ctx, ChangeCluster.class);
        UnaryOperator<ClusterSpec> change = former -> WISHES.changed(former, wish);
        if (wish.dryRun().orElse(false)) {
            ctx.json(new PlanResource(fleet.changePlan(name, change)));
        } else {
            accepted(ctx, fleet.change(name, change));
        }
    }

    private void delete(Context ctx) {
        Parameters.only(ctx, "purge", DRY_RUN);
        boolean purge = Parameters.flag(ctx, "purge");
        doOrTell(ctx, name -> fleet.delete(name, purge), name -> fleet.deletionPlan(name, purge));
    }

    private static void end(
            Context ctx, Function<ClusterName, Started> call, Function<ClusterName, List<String>> plan) {
        Parameters.only(ctx, DRY_RUN);
        doOrTell(ctx, call, plan);
    }

    private static void doOrTell(
            Context ctx, Function<ClusterName, Started> call, Function<ClusterName, List<String>> plan) {
        Parameters.noBody(ctx);
        boolean dry = Parameters.flag(ctx, DRY_RUN);
        ClusterName name = Parameters.clusterName(ctx);
        if (dry) {
            ctx.json(new PlanResource(plan.apply(name)));
        } else {
            accepted(ctx, call.apply(name));
        }
    }

    private static void start(Context ctx, Function<ClusterName, Started> call) {
        Parameters.only(ctx);
        Parameters.noBody(ctx);
        accepted(ctx, call.apply(Parameters.clusterName(ctx)));
    }

    private void instances(Context ctx) {
        Parameters.only(ctx);
        ctx.json(new InstanceList(Views.instances(fleet.cluster(Parameters.clusterName(ctx)))));
    }

    private void events(Context ctx) {
        Parameters.only(ctx, "after");
        long after = Parameters.number(ctx, "after", 0, 0, Long.MAX_VALUE);
        ClusterName name = Parameters.clusterName(ctx);
        ctx.json(new EventList(fleet.cluster(name).record().events().stream()
                .filter(event -> event.sequence() > after)
                .map(event -> Views.event(name, event))
                .toList()));
    }

    private void credentials(Context ctx) {
        Parameters.only(ctx);
        ClusterName name = Parameters.clusterName(ctx);
        Credentials credentials = fleet.credentials(name);
        ctx.json(new CredentialsResource(credentials.user(), credentials.password(), clusterUrl.apply(name)));
    }

    static void accepted(Context ctx, Started started) {
        String id = started.operation().id();
        Audit.outcome(ctx, ApiJson.word(started.operation().kind()) + " of " + started.cluster() + ", operation " + id);
        ctx.status(202).header("Location", "/api/v1/operations/" + id).json(Views.operation(started));
    }
}
