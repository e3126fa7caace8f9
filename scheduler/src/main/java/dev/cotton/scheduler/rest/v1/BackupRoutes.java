package dev.cotton.scheduler.rest.v1;

import dev.cotton.core.backup.BackupEntry;
import dev.cotton.core.backup.BackupPolicy;
import dev.cotton.core.model.ClusterName;
import dev.cotton.scheduler.fleet.Backups;
import dev.cotton.scheduler.fleet.Refusal;
import dev.cotton.scheduler.rest.edge.Audit;
import dev.cotton.scheduler.rest.edge.JsonBody;
import dev.cotton.scheduler.rest.edge.Parameters;
import dev.cotton.scheduler.rest.edge.Routes;
import dev.cotton.scheduler.rest.resource.BackupList;
import dev.cotton.scheduler.rest.resource.BackupPolicyResource;
import dev.cotton.scheduler.rest.resource.PlanResource;
import io.javalin.http.Context;
import java.util.function.Predicate;

/** Backups: those in the store, and those that are under way. */
public final class BackupRoutes {
    private static final String BACKUP = "/api/v1/backups/{id}";

    private final Backups backups;

    public BackupRoutes(Backups backups) {
        this.backups = backups;
    }

    public void register(Routes routes) {
        routes.get("/api/v1/backups", ctx -> list(ctx, cluster -> true));
        routes.get("/api/v1/clusters/{name}/backups", this::ofCluster);
        routes.post("/api/v1/clusters/{name}/backups", this::begin);
        routes.put("/api/v1/clusters/{name}/backup-policy", this::follow);
        routes.get(BACKUP, this::show);
        routes.delete(BACKUP, this::delete);
        routes.post(BACKUP + "/verify", this::verify);
    }

    private void list(Context ctx, Predicate<ClusterName> wanted) {
        Parameters.only(ctx);
        ctx.json(new BackupList(
                backups.all().stream()
                        .filter(entry -> wanted.test(entry.manifest().cluster()))
                        .map(BackupViews::backup)
                        .toList(),
                backups.running().stream()
                        .filter(run -> wanted.test(run.cluster()))
                        .map(BackupViews::run)
                        .toList(),
                backups.trouble()));
    }

    /** Also of a cluster that is gone. */
    private void ofCluster(Context ctx) {
        ClusterName name = Parameters.clusterName(ctx);
        list(ctx, name::equals);
    }

    private void begin(Context ctx) {
        Parameters.only(ctx);
        Parameters.noBody(ctx);
        accepted(ctx, backups.begin(Parameters.clusterName(ctx)));
    }

    private void follow(Context ctx) {
        Parameters.only(ctx);
        ClusterName name = Parameters.clusterName(ctx);
        BackupPolicy policy = BackupViews.policy(JsonBody.read(ctx, BackupPolicyResource.class));
        ctx.json(BackupViews.standing(backups.follow(name, policy)));
        Audit.outcome(ctx, "backups of " + name + ": " + policy);
    }

    private void verify(Context ctx) {
        Parameters.only(ctx);
        Parameters.noBody(ctx);
        accepted(ctx, backups.prove(ctx.pathParam("id")));
    }

    private static void accepted(Context ctx, Backups.Progress begun) {
        Audit.outcome(ctx, "backup " + begun.run().id() + " of " + begun.cluster());
        ctx.status(202).json(BackupViews.run(begun));
    }

    private void show(Context ctx) {
        Parameters.only(ctx);
        ctx.json(BackupViews.backup(entry(ctx.pathParam("id"))));
    }

    private BackupEntry entry(String id) {
        return backups.all().stream()
                .filter(entry -> entry.place().id().value().equals(id))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        Refusal.Code.NOT_FOUND,
                        "id",
                        "There is no such backup."
                                + backups.trouble().map(why -> " " + why).orElse("")));
    }

    private void delete(Context ctx) {
        Parameters.only(ctx, "force", "dryRun");
        Parameters.noBody(ctx);
        String id = ctx.pathParam("id");
        boolean force = Parameters.flag(ctx, "force");
        if (Parameters.flag(ctx, "dryRun")) {
            ctx.json(new PlanResource(backups.deletionPlan(id, force)));
            return;
        }
        BackupEntry gone = entry(id);
        backups.delete(id, force);
        Audit.outcome(ctx, "backup " + id + " of " + gone.manifest().cluster() + " destroyed");
        ctx.json(BackupViews.backup(gone));
    }
}
