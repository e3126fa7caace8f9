package dev.cotton.testing.simulation;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.Member;
import dev.cotton.testing.fake.InMemoryStateStore.Fault;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Faults of every kind, some at random times and some between two steps of somebody. A cluster can overcome all of
 * them, so place and data of the primary are left alone.
 */
final class Troubles {
    private final Timeline timeline;
    private final Surroundings around;
    private final List<SimulatedScheduler> schedulers;
    private final Supplier<Optional<ClusterRecord>> stored;
    private final long pause;
    private final double share;
    private boolean on;

    /** @param stored the record as it is persisted */
    Troubles(Surroundings around, List<SimulatedScheduler> schedulers, Supplier<Optional<ClusterRecord>> stored) {
        this.timeline = around.timeline();
        this.around = around;
        this.schedulers = schedulers;
        this.stored = stored;
        this.pause = List.of(300L, 1_000L, 3_000L).get(timeline.number(3));
        this.share = List.of(0.0, 0.01, 0.04).get(timeline.number(3));
        around.world().onStep(this::mishap);
        schedulers.forEach(scheduler -> scheduler.onStep(() -> mishap(scheduler)));
        again();
    }

    void begin() {
        on = true;
        around.network().trouble(timeline.chance(0.3) ? 0 : timeline.fraction() * 0.15);
    }

    /** From now on nothing goes wrong, and what was cut is mended. */
    void end() {
        on = false;
        around.network().trouble(0);
        around.engine().reconnect();
        around.world().mend();
        timeline.tell("no more faults");
    }

    private void again() {
        timeline.after(20, 2 * pause, () -> {
            if (on) {
                fault();
            }
            again();
        });
    }

    private boolean mishap(SimulatedInstance instance) {
        if (!on || !timeline.chance(share)) {
            return false;
        }
        if (timeline.chance(0.5)) {
            instance.killExecutor();
        } else {
            instance.killMysqld();
        }
        return true;
    }

    private boolean mishap(SimulatedScheduler scheduler) {
        if (!on || !timeline.chance(share)) {
            return false;
        }
        disturb(scheduler);
        return true;
    }

    private void disturb(SimulatedScheduler scheduler) {
        if (timeline.chance(0.5)) {
            scheduler.crash();
        } else {
            scheduler.pause();
        }
    }

    private void fault() {
        List<SimulatedInstance> instances = around.world().instances().toList();
        int kind = timeline.number(20);
        if (kind < 4 || instances.isEmpty()) {
            disturb(any(schedulers));
            return;
        }
        SimulatedInstance victim = any(instances);
        switch (kind) {
            case 4, 5 -> any(schedulers).store().failNext(timeline.chance(0.5) ? Fault.ANSWER_LOST : Fault.NOT_WRITTEN);
            case 6, 7, 8 -> victim.killMysqld();
            case 9, 10, 11 -> victim.killExecutor();
            case 12, 13 -> boot(victim.host());
            case 14 -> around.engine().cutOff(victim.host());
            case 15 -> around.engine().reconnect();
            case 16 -> cut(victim, any(instances));
            case 17 -> around.world().mend();
            case 18 -> ifExpendable(victim, SimulatedInstance::destroy);
            default -> ifExpendable(victim, SimulatedInstance::empty);
        }
    }

    private void cut(SimulatedInstance one, SimulatedInstance other) {
        if (one != other) {
            timeline.tell(one.id + " and " + other.id + ": cut off from each other");
            around.world().cut(one.mysqld(), other.mysqld());
        }
    }

    private void boot(SimulatedHost host) {
        host.boot();
        around.world()
                .instances()
                .filter(instance -> instance.host().equals(host))
                .forEach(SimulatedInstance::losePower);
    }

    private void ifExpendable(SimulatedInstance victim, java.util.function.Consumer<SimulatedInstance> what) {
        boolean replica = stored.get()
                .flatMap(ClusterRecord::primaryMember)
                .map(Member::id)
                .filter(primary -> !primary.equals(victim.id))
                .isPresent();
        if (replica) {
            what.accept(victim);
        }
    }

    private <T> T any(List<T> choices) {
        return choices.get(timeline.number(choices.size()));
    }
}
