package dev.cotton.scheduler.rest.original;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.ClusterSpec;
import dev.cotton.core.model.Durability;
import dev.cotton.core.model.Origin;
import dev.cotton.core.model.PlacementSpec;
import dev.cotton.core.model.Resources;
import dev.cotton.core.model.Shown;
import dev.cotton.scheduler.fleet.Fleet;
import dev.cotton.scheduler.fleet.Fleet.Creation;
import dev.cotton.scheduler.fleet.Fleet.Started;
import dev.cotton.scheduler.fleet.Origins;
import dev.cotton.scheduler.rest.edge.Audit;
import dev.cotton.scheduler.rest.edge.JsonBody;
import dev.cotton.scheduler.rest.edge.Parameters;
import dev.cotton.scheduler.rest.edge.RequestRefused;
import dev.cotton.scheduler.rest.edge.Routes;
import dev.cotton.scheduler.rest.edge.Wishes;
import dev.cotton.scheduler.rest.resource.CreateSize;
import dev.cotton.scheduler.rest.resource.ProblemCode;
import dev.cotton.scheduler.rest.standby.Standby;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** {@code POST /clusters/<name>}, {@code DELETE /clusters/<name>} and {@code /cluster/<name>}, and the page. */
public final class OriginalRoutes {
    private static final Set<String> CREATE_FIELDS =
            Set.of("cluster_user", "num_nodes", "size", "backup_id", "cluster_password");
    private static final Set<String> DELETE_FIELDS = Set.of("password");
    private static final Wishes WISHES = new Wishes(Map.of(
            "user", "cluster_user",
            "instances", "num_nodes",
            "password", "cluster_password",
            "cpus", "size.cpus",
            "mem", "size.mem",
            "disk", "size.disk"));

    private final Fleet fleet;
    private final Origins origins;
    private final Function<ClusterName, String> clusterUrl;
    private final WrongPasswords wrongPasswords;

    public OriginalRoutes(Fleet fleet, Origins origins, Function<ClusterName, String> clusterUrl, InstantSource clock) {
        this.fleet = fleet;
        this.origins = origins;
        this.clusterUrl = clusterUrl;
        this.wrongPasswords = new WrongPasswords(clock);
    }

    public void register(Routes routes, Standby standby) {
        routes.get("/", standby.carried(ctx -> Page.answer(ctx, fleet)));
        routes.post("/clusters/{name}", standby.carried(this::create));
        routes.delete("/clusters/{name}", standby.carried(this::delete));
        routes.delete("/cluster/{name}", standby.carried(this::delete));
    }

    private void create(Context ctx) {
        ClusterName name = Parameters.clusterName(ctx);
        Form form = Form.read(ctx, CREATE_FIELDS);
        CreateSize size = form.field("size")
                .map(json -> JsonBody.readField("size", json, CreateSize.class))
                .orElse(CreateSize.ORDINARY);
        Resources resources = WISHES.size(size);
        ClusterSpec spec = WISHES.spec(
                form.field("num_nodes").map(OriginalRoutes::nodes).orElse(1),
                resources,
                Durability.LOSSLESS,
                form.needed("cluster_user"),
                Map.of(),
                PlacementSpec.ORDINARY);
        Optional<String> password = WISHES.password(form.field("cluster_password"));
        Optional<Origin> origin = form.field("backup_id")
                .map(id -> BackupName.of(id, name))
                .map(backup -> origins.find(backup.cluster(), backup.reference(), Optional.empty(), resources.disk()));
        Started started = fleet.create(new Creation(name, spec, password, Optional.empty(), origin));
        Audit.outcome(
                ctx, "create of " + name + ", operation " + started.operation().id());
        Map<String, String> answer = new LinkedHashMap<>();
        answer.put("cluster_url", clusterUrl.apply(name));
        answer.put("cluster_password", fleet.credentials(name).password());
        ctx.json(answer);
    }

    private void delete(Context ctx) {
        ClusterName name = Parameters.clusterName(ctx);
        Form form = Form.read(ctx, DELETE_FIELDS);
        String password = form.field("password").orElse("");
        Started started = wrongPasswords.guard(name, ctx.ip(), () -> fleet.deleteWithPassword(name, password));
        Audit.outcome(
                ctx, "delete of " + name + ", operation " + started.operation().id());
        ctx.json(Map.of("cluster_url", clusterUrl.apply(name)));
    }

    private static int nodes(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new RequestRefused(
                    ProblemCode.INVALID,
                    "num_nodes",
                    "num_nodes: a whole number from 1 to 9, not '" + Shown.of(text) + "'.");
        }
    }
}
