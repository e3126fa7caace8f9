package dev.cotton.scheduler.fleet;

import dev.cotton.core.control.Planner;
import dev.cotton.core.control.Requests;
import dev.cotton.core.control.Requests.Asked;
import dev.cotton.core.model.AutomationPause;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Operation.Kind;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What people ask about who is primary. Thread-safe; a {@link Refusal} has changed nothing. */
final class Successions {
    private static final String UNCHANGED = " Nothing was changed.";

    private final InstantSource wall;
    private final Supplier<Asked> asked;

    Successions(InstantSource wall, Supplier<Asked> asked) {
        this.wall = wall;
        this.asked = asked;
    }

    ClusterRecord switchOver(ClusterLoop loop, Planner planner, Optional<InstanceId> to) {
        InstanceId target = target(loop, planner, to);
        Asked by = asked.get();
        return loop.request(record -> {
            refuse(record, Kind.SWITCHOVER);
            return Requests.switchOver(record, target, by);
        });
    }

    List<String> switchoverPlan(ClusterLoop loop, Planner planner, Optional<InstanceId> to) {
        InstanceId target = target(loop, planner, to);
        ClusterView view = loop.view();
        return planner.switchoverPlan(view.record(), view.observation(), target);
    }

    private InstanceId target(ClusterLoop loop, Planner planner, Optional<InstanceId> to) {
        ClusterView view = loop.view();
        refuse(view.record(), Kind.SWITCHOVER);
        InstanceId target = to.or(() -> planner.switchoverTarget(view.record(), view.observation()))
                .orElseThrow(() -> new Refusal(
                        Refusal.Code.CONFLICT,
                        "No replica of " + view.record().name() + " can take over now." + UNCHANGED));
        planner.switchoverObjection(view.record(), view.observation(), target).ifPresent(why -> {
            throw new Refusal(Refusal.Code.CONFLICT, "to", why + UNCHANGED);
        });
        return target;
    }

    ClusterRecord acceptLoss(ClusterLoop loop, Planner planner) {
        String evidence = failoverPlan(loop, planner).getFirst();
        Asked by = asked.get();
        return loop.request(record -> {
            refuse(record, Kind.FAILOVER);
            return Requests.acceptLoss(record, evidence, by);
        });
    }

    List<String> failoverPlan(ClusterLoop loop, Planner planner) {
        ClusterView view = loop.view();
        refuseFailover(view, planner);
        return planner.failoverPlan(view.record(), view.observation());
    }

    private static void refuseFailover(ClusterView view, Planner planner) {
        refuse(view.record(), Kind.FAILOVER);
        planner.failoverObjection(view.record(), view.observation()).ifPresent(why -> {
            throw new Refusal(Refusal.Code.CONFLICT, why + UNCHANGED);
        });
    }

    /** @throws Refusal when {@code kind} cannot be asked of this cluster now */
    static void refuse(ClusterRecord record, Kind kind) {
        Requests.objection(record, kind).ifPresent(why -> {
            throw new Refusal(Refusal.Code.CONFLICT, why + UNCHANGED);
        });
    }

    void pause(ClusterLoop loop, Optional<AutomationPause> pause) {
        loop.request(record -> record.pause().equals(pause) ? record : Requests.pause(record, pause, wall.instant()));
    }

    void acknowledge(ClusterLoop loop) {
        loop.request(record ->
                record.failovers().isEmpty() ? record : Requests.acknowledgeFailovers(record, wall.instant()));
    }
}
