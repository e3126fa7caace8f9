package dev.cotton.scheduler.rest.v1;

import dev.cotton.core.model.AutomationPause;
import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.InstanceId;
import dev.cotton.scheduler.fleet.Backups;
import dev.cotton.scheduler.fleet.Fleet;
import dev.cotton.scheduler.rest.edge.Audit;
import dev.cotton.scheduler.rest.edge.JsonBody;
import dev.cotton.scheduler.rest.edge.Parameters;
import dev.cotton.scheduler.rest.edge.RequestRefused;
import dev.cotton.scheduler.rest.edge.Routes;
import dev.cotton.scheduler.rest.resource.AcceptLoss;
import dev.cotton.scheduler.rest.resource.PauseAutomation;
import dev.cotton.scheduler.rest.resource.PlanResource;
import dev.cotton.scheduler.rest.resource.ProblemCode;
import dev.cotton.scheduler.rest.resource.Switchover;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** Who is primary: switchover, failover that accepts a loss, and when nothing is to happen by itself. */
public final class SuccessionRoutes {
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofDays(30);
    private static final int LONGEST_TEXT = 200;

    private final Fleet fleet;
    private final Views views;
    private final InstantSource wall;

    public SuccessionRoutes(
            Fleet fleet, Backups backups, Function<ClusterName, String> clusterUrl, InstantSource wall) {
        this.fleet = fleet;
        this.views = new Views(clusterUrl, backups);
        this.wall = wall;
    }

    public void register(Routes routes) {
        routes.post("/api/v1/clusters/{name}/switchover", this::switchOver);
        routes.post("/api/v1/clusters/{name}/failover", this::failOver);
        routes.post("/api/v1/clusters/{name}/pause-automation", this::pause);
        routes.post("/api/v1/clusters/{name}/resume-automation", this::resume);
        routes.post("/api/v1/clusters/{name}/acknowledge-failovers", this::acknowledge);
    }

    private void switchOver(Context ctx) {
        Parameters.only(ctx);
        ClusterName name = Parameters.clusterName(ctx);
        Switchover wish = JsonBody.read(ctx, Switchover.class);
        Optional<InstanceId> to = wish.to().map(text -> instance("to", text));
        if (wish.dryRun().orElse(false)) {
            ctx.json(new PlanResource(fleet.switchoverPlan(name, to)));
        } else {
            ClusterRoutes.accepted(ctx, fleet.switchOver(name, to));
        }
    }

    private void failOver(Context ctx) {
        Parameters.only(ctx);
        ClusterName name = Parameters.clusterName(ctx);
        AcceptLoss word = JsonBody.read(ctx, AcceptLoss.class);
        if (word.dryRun().orElse(false)) {
            ctx.json(new PlanResource(fleet.failoverPlan(name)));
            return;
        }
        String confirm = word.confirm()
                .orElseThrow(() -> new RequestRefused(
                        ProblemCode.MISSING,
                        "confirm",
                        "confirm: commits may be lost for ever; type the cluster's name here to accept that."));
        if (!confirm.equals(name.value())) {
            throw new RequestRefused(
                    ProblemCode.INVALID, "confirm", "confirm: that is not the cluster's name. Nothing was changed.");
        }
        ClusterRoutes.accepted(ctx, fleet.failOverAcceptingLoss(name));
    }

    private void pause(Context ctx) {
        Parameters.only(ctx);
        ClusterName name = Parameters.clusterName(ctx);
        PauseAutomation wish = JsonBody.read(ctx, PauseAutomation.class);
        Optional<Duration> span = wish.span().map(SuccessionRoutes::allowed);
        AutomationPause pause =
                new AutomationPause(text("who", wish.who()), text("why", wish.why()), span.map(wall.instant()::plus));
        Audit.outcome(ctx, "automation of " + name + " paused by " + pause.who());
        ctx.json(views.cluster(fleet.pauseAutomation(name, Optional.of(pause))));
    }

    private void resume(Context ctx) {
        Parameters.only(ctx);
        Parameters.noBody(ctx);
        ClusterName name = Parameters.clusterName(ctx);
        Audit.outcome(ctx, "automation of " + name + " goes on");
        ctx.json(views.cluster(fleet.pauseAutomation(name, Optional.empty())));
    }

    private void acknowledge(Context ctx) {
        Parameters.only(ctx);
        Parameters.noBody(ctx);
        ctx.json(views.cluster(fleet.acknowledgeFailovers(Parameters.clusterName(ctx))));
    }

    private static InstanceId instance(String field, String text) {
        try {
            return InstanceId.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw new RequestRefused(ProblemCode.INVALID, field, field + ": " + malformed.getMessage());
        }
    }

    private static Duration allowed(Duration span) {
        if (span.compareTo(SHORTEST_PAUSE) < 0 || span.compareTo(LONGEST_PAUSE) > 0) {
            throw new RequestRefused(
                    ProblemCode.INVALID, "span", "span: from " + SHORTEST_PAUSE + " to " + LONGEST_PAUSE + ".");
        }
        return span;
    }

    private static String text(String field, Optional<String> text) {
        String given = text.map(String::strip)
                .filter(known -> !known.isEmpty())
                .orElseThrow(() -> new RequestRefused(ProblemCode.MISSING, field, field + ": it is needed."));
        if (given.length() > LONGEST_TEXT || given.chars().anyMatch(Character::isISOControl)) {
            throw new RequestRefused(
                    ProblemCode.INVALID, field, field + ": at most " + LONGEST_TEXT + " characters on one line.");
        }
        return given;
    }
}
