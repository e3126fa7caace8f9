package dev.cotton.testing.simulation;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.Member;
import dev.cotton.testing.fake.InMemoryStateStore.Fault;
import dev.cotton.testing.simulation.Fault.Kind;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Faults of every kind, some at random times and some between two steps of somebody. A cluster can overcome all of
 * them: when place or data of its primary are gone no relay log loses anything until another one is settled.
 */
final class Troubles {
    private final Timeline timeline;
    private final Fate fate;
    private final Surroundings around;
    private final List<SimulatedScheduler> schedulers;
    private final Supplier<Optional<ClusterRecord>> stored;
    private final long pause;
    private final double share;
    private final double messages;
    private boolean on;

    /** @param stored the record as it is persisted */
    Troubles(Surroundings around, List<SimulatedScheduler> schedulers, Supplier<Optional<ClusterRecord>> stored) {
        this.timeline = around.timeline();
        this.fate = around.fate();
        this.around = around;
        this.schedulers = schedulers;
        this.stored = stored;
        this.pause = List.of(300L, 1_000L, 3_000L).get(fate.plan().nextInt(3));
        this.share = List.of(0.0, 0.01, 0.04).get(fate.plan().nextInt(3));
        this.messages = Math.max(0, fate.plan().nextDouble() - 0.3) * 0.2;
        around.world().onStep(this::mishap);
        schedulers.forEach(scheduler -> scheduler.onStep(() -> mishap(scheduler)));
        again();
    }

    void begin() {
        on = true;
        around.network().trouble(messages);
    }

    /** From now on nothing goes wrong, and what was cut is mended. */
    void end() {
        on = false;
        around.network().trouble(0);
        around.engine().reconnect();
        around.engine().openSomewhere();
        around.world().mend();
        around.world().hosts().stream().filter(host -> !host.up()).forEach(SimulatedHost::boot);
        timeline.tell(() -> "no more faults");
    }

    boolean on() {
        return on;
    }

    private void again() {
        SplittableRandom drawn = fate.event();
        long at = drawn.nextLong(20, 2 * pause);
        timeline.after(at, at, () -> {
            if (on && fate.next(Kind.EVENT).isPresent()) {
                strike(drawn);
            }
            again();
        });
    }

    private boolean mishap(SimulatedInstance instance) {
        if (!on || !fate.strikes(Kind.STEP, share)) {
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
        if (!on || !fate.strikes(Kind.STEP, share)) {
            return false;
        }
        disturb(scheduler, timeline.chance(0.5));
        return true;
    }

    private static void disturb(SimulatedScheduler scheduler, boolean crashes) {
        if (crashes) {
            scheduler.crash();
        } else {
            scheduler.pause();
        }
    }

    private void strike(SplittableRandom drawn) {
        List<SimulatedInstance> instances = around.world().instances().toList();
        int kind = drawn.nextInt(33);
        boolean coin = drawn.nextBoolean();
        SimulatedScheduler scheduler = any(schedulers, drawn);
        if (kind < 4 || instances.isEmpty()) {
            disturb(scheduler, coin);
            return;
        }
        SimulatedInstance victim = any(instances, drawn);
        switch (kind) {
            case 4, 5 -> scheduler.store().failNext(coin ? Fault.ANSWER_LOST : Fault.NOT_WRITTEN);
            case 6, 7, 8 -> victim.killMysqld();
            case 9, 10, 11 -> victim.killExecutor();
            case 12, 13 -> ifNothingElseIsLost(() -> losePower(victim.host(), drawn));
            case 14 -> around.engine().cutOff(victim.host());
            case 15 -> around.engine().reconnect();
            case 16 -> cut(victim, any(instances, drawn), coin);
            case 17 -> around.world().mend();
            case 18 -> ifExpendable(victim, SimulatedInstance::destroy);
            case 19 -> ifExpendable(victim, SimulatedInstance::empty);
            case 20 -> victim.hang();
            case 21 -> primary().ifPresent(SimulatedInstance::killMysqld);
            case 22 -> killAfterItsReplica(victim);
            case 23, 24 -> isolate(victim, coin);
            case 25, 26 -> lag(victim, drawn.nextLong(300, 4_000));
            case 27 -> ifNothingElseIsLost(() -> bootBeforeThePrimaryDies(victim, drawn));
            case 28 -> primary().ifPresent(this::choke);
            case 29, 30 -> split(drawn);
            case 31 -> loseOwn(drawn);
            default -> around.engine().close(any(around.world().hosts(), drawn), drawn.nextLong(500, 15_000), this::on);
        }
    }

    /** The disk of one that has been the primary; nothing that it alone has was acknowledged. */
    private void loseOwn(SplittableRandom drawn) {
        stored.get().stream()
                .flatMap(record -> record.members().stream())
                .filter(member -> member.stage() == Member.Stage.DETACHED)
                .flatMap(member -> around.world().instance(member.id()).stream())
                .filter(instance -> instance.mysqld().wrote())
                .findFirst()
                .ifPresent(instance -> instance.loseOwn(1 + drawn.nextInt(3)));
    }

    private void choke(SimulatedInstance primary) {
        timeline.after(500, 20_000, primary.choke());
    }

    private void cut(SimulatedInstance one, SimulatedInstance other, boolean silently) {
        if (one != other) {
            timeline.tell(
                    () -> one.id + " and " + other.id + ": cut off from each other" + (silently ? ", silently" : ""));
            around.world().cut(one.mysqld(), other.mysqld(), silently);
        }
    }

    /** It is back at once or after a while, and perhaps loses it again soon. */
    private void losePower(SimulatedHost host, SplittableRandom drawn) {
        losePower(host, drawn.nextBoolean() ? 0 : drawn.nextLong(500, 20_000));
        long again = drawn.nextLong(500, 4_000);
        if (drawn.nextInt(3) == 0) {
            timeline.after(again, again, () -> ifNothingElseIsLost(() -> losePower(host, 0)));
        }
    }

    private void losePower(SimulatedHost host, long span) {
        if (!on || !host.up()) {
            return;
        }
        timeline.tell(() -> host.name() + ": loses power");
        host.losePower();
        around.world()
                .instances()
                .filter(instance -> instance.host().equals(host))
                .forEach(SimulatedInstance::losePower);
        timeline.after(span, span, () -> {
            if (!host.up()) {
                timeline.tell(() -> host.name() + ": boots");
                host.boot();
            }
        });
    }

    /** A relay log whose end is lost must not count when it is asked for what was acknowledged. */
    private void bootBeforeThePrimaryDies(SimulatedInstance replica, SplittableRandom drawn) {
        losePower(replica.host(), 0);
        long later = drawn.nextLong(500, 3_000);
        timeline.after(later, later, () -> {
            if (on) {
                primary().ifPresent(SimulatedInstance::killMysqld);
            }
        });
    }

    /** A replica receives nothing for a while. */
    private void lag(SimulatedInstance replica, long span) {
        primary().filter(primary -> primary != replica).ifPresent(primary -> {
            stall(replica, primary);
            timeline.after(span, span, () -> around.world().flow(replica.mysqld(), primary.mysqld()));
        });
    }

    /** Neither schedulers nor the primary reach it; the primary does again first. */
    private void isolate(SimulatedInstance victim, boolean silently) {
        around.engine().cutOff(victim.host());
        primary().ifPresent(primary -> cut(victim, primary, silently));
        timeline.after(3_500, 6_000, around.world()::mend);
    }

    /** Some replicas lose the primary one after the other, and to the others nothing flows. */
    private void split(SplittableRandom drawn) {
        primary()
                .ifPresent(primary -> around.world()
                        .instances()
                        .filter(instance -> instance != primary)
                        .toList()
                        .forEach(replica -> split(replica, primary, drawn)));
        timeline.after(3_500, 9_000, around.world()::mend);
    }

    private void split(SimulatedInstance replica, SimulatedInstance primary, SplittableRandom drawn) {
        boolean stalls = drawn.nextBoolean();
        boolean silently = drawn.nextBoolean();
        timeline.after(0, 400, () -> {
            if (on && stalls) {
                stall(replica, primary);
            } else if (on) {
                cut(replica, primary, silently);
            }
        });
    }

    private void stall(SimulatedInstance replica, SimulatedInstance primary) {
        timeline.tell(() -> replica.id + ": nothing flows from " + primary.id);
        around.world().stall(replica.mysqld(), primary.mysqld());
    }

    private void killAfterItsReplica(SimulatedInstance replica) {
        replica.killMysqld();
        primary().ifPresent(SimulatedInstance::killMysqld);
    }

    private Optional<SimulatedInstance> primary() {
        return stored.get().flatMap(ClusterRecord::primary).flatMap(around.world()::instance);
    }

    /** A replica, or the primary of a set that is whole and settled: the rest of it has all that was acknowledged. */
    private void ifExpendable(SimulatedInstance victim, Consumer<SimulatedInstance> what) {
        stored.get().ifPresent(record -> {
            boolean replica = record.primary()
                    .filter(primary -> !primary.equals(victim.id))
                    .isPresent();
            if (whole(record)) {
                what.accept(victim);
            } else if (replica
                    && record.succession().isEmpty()
                    && primary().filter(primary -> keeps(record, primary)).isPresent()) {
                what.accept(victim);
            }
        });
    }

    private void ifNothingElseIsLost(Runnable what) {
        stored.get().ifPresent(record -> {
            if (primary().filter(primary -> keeps(record, primary)).isPresent()) {
                what.run();
            }
        });
    }

    /** Whether the primary's data are those that the record names: then they are the truth. */
    private static boolean keeps(ClusterRecord record, SimulatedInstance primary) {
        return record.primaryMember()
                .filter(member -> primary.data().equals(member.incarnation()))
                .isPresent();
    }

    private boolean whole(ClusterRecord record) {
        return record.succession().isEmpty()
                && record.ackCount() > 0
                && record.members().stream().allMatch(member -> member.stage() == Member.Stage.IN_SYNC)
                && record.members().stream()
                        .allMatch(member -> member.doubtedBoot().isEmpty()
                                && inReach(member)
                                && around.world()
                                        .instance(member.id())
                                        .filter(SimulatedInstance::sure)
                                        .filter(instance -> instance.data().equals(member.incarnation()))
                                        .isPresent());
    }

    private boolean inReach(Member member) {
        return around.world()
                .instance(member.id())
                .filter(instance ->
                        instance.mysqld().responds() && around.engine().reaches(instance))
                .filter(instance -> primary()
                        .filter(primary ->
                                primary == instance || around.world().connected(primary.mysqld(), instance.mysqld()))
                        .isPresent())
                .isPresent();
    }

    private static <T> T any(List<T> choices, SplittableRandom drawn) {
        return choices.get(drawn.nextInt(choices.size()));
    }
}
