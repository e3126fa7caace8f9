package dev.cotton.testing.simulation;

import dev.cotton.core.control.Assessment.State;
import dev.cotton.core.control.Requests;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.ClusterSpec;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.Durability;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Operation;
import dev.cotton.core.model.Operation.Kind;
import dev.cotton.core.model.PlacementSpec;
import dev.cotton.core.model.Resources;
import dev.cotton.core.model.Shape;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/** The course of one life: what is asked of the cluster, and what must come of it. */
final class Course {
    private static final long TROUBLE = 12_000;
    private static final Resources LARGER = new Resources(2.0, DataSize.ofMegabytes(1024), DataSize.ofMegabytes(4096));

    /** As mysqld can change it while it runs. */
    private static final Map<String, String> OTHER_OPTIONS = Map.of("wait_timeout", "600");

    private final Simulation life;
    private final SplittableRandom plan;
    private int instances;
    private Optional<ClusterRecord> copy = Optional.empty();
    private int asked;

    /** @param plan for what is settled whatever goes wrong */
    Course(Simulation life, SplittableRandom plan) {
        this.life = life;
        this.plan = plan;
        this.instances = 1 + plan.nextInt(5);
    }

    /** @throws AssertionError when an invariant breaks or peace does not come */
    void live() {
        int end = plan.nextInt(9);
        life.timeline().after(1_000, TROUBLE, () -> copy = life.stored());
        life.timeline().every(4_000, 20_000, this::takeNote);
        if (plan.nextInt(3) == 0) {
            life.timeline().every(500, 6_000, this::moveOn);
        }
        life.troubles().begin();
        life.create(wanted(instances, Resources.ORDINARY, Durability.LOSSLESS, Map.of()));
        life.pass(TROUBLE);
        life.troubles().end();
        untilHealthy();
        switch (end) {
            case 0 -> endAndReturn(Kind.DELETE, State.BINNED, Kind.RESTORE);
            case 1 -> endAndReturn(Kind.STOP, State.STOPPED, Kind.START);
            case 2 -> purge();
            case 3 -> losePrimary();
            case 4 -> switchOver();
            case 5 -> chokePrimary();
            case 6 -> change();
            case 7 -> loseWhatSchedulersKnow();
            default -> life.timeline().tell(() -> "it lives on");
        }
    }

    private void untilHealthy() {
        life.until(
                "healthy",
                () -> life.is(State.HEALTHY) && life.world().instances().allMatch(Course::isWell));
        ClusterRecord record = life.stored().orElseThrow();
        int settled = ClusterRecord.settledAckCount(record.inSync().size());
        Invariants.require(record.inSync().size() == instances, () -> "Healthy with " + record.members() + ".");
        Invariants.require(
                record.ackCount() == settled, () -> "Healthy with an ack count of " + record.ackCount() + ".");
        Invariants.require(
                life.world().instances().count() == instances, () -> "Healthy, and an instance is left over.");
        Invariants.require(
                life.world().instances().noneMatch(life::isToLeave),
                () -> "Healthy, and an instance is where it is to leave.");
        life.until(
                "alike",
                () -> life.is(State.HEALTHY)
                        && life.world()
                                .instances()
                                .allMatch(instance -> instance.mysqld()
                                        .received()
                                        .contains(life.world().acknowledged())));
        life.stored()
                .flatMap(ClusterRecord::primary)
                .flatMap(life.world()::instance)
                .map(primary -> primary.mysqld().binlog())
                .ifPresent(truth -> Invariants.require(
                        life.world()
                                .instances()
                                .allMatch(instance ->
                                        truth.contains(instance.mysqld().received())),
                        () -> "D: a member has what the primary has not, and follows it."));
    }

    /** Whether it could do its part, whatever a scheduler knows of it yet: it may have lost power just now. */
    private static boolean isWell(SimulatedInstance instance) {
        return instance.mysqld().responds() && instance.sure() && !instance.mute();
    }

    private void ask(Kind kind) {
        ask(kind, (record, asked) -> Requests.accept(record, kind, asked));
    }

    /** Asks until a leader has accepted it, once. */
    private void ask(Kind kind, BiFunction<ClusterRecord, Requests.Asked, ClusterRecord> request) {
        String operation = "op-" + asked++;
        life.timeline().tell(() -> "a person asks for " + kind);
        life.until("accepted", () -> {
            life.leader()
                    .ifPresent(leader -> leader.ask((record, ears) -> {
                        boolean accepted = record.operations().stream()
                                .anyMatch(known -> known.id().equals(operation));
                        return accepted || Requests.objection(record, kind).isPresent()
                                ? Optional.empty()
                                : Optional.of(request.apply(
                                        record, new Requests.Asked(operation, ears.now(), Optional.empty())));
                    }));
            return life.stored()
                    .map(record -> record.operations().stream()
                            .anyMatch(known -> known.id().equals(operation)))
                    .orElse(true);
        });
    }

    private void endAndReturn(Kind end, State ended, Kind back) {
        ask(end);
        disturb();
        life.until(
                ended.name(),
                () -> life.is(ended) && life.world().instances().noneMatch(SimulatedInstance::executorUp));
        ask(back);
        disturb();
        untilHealthy();
    }

    private void purge() {
        ask(Kind.PURGE);
        disturb();
        life.until(
                "gone",
                () -> life.stored().isEmpty()
                        && life.world().instances().findAny().isEmpty());
        Invariants.require(!life.discovered(), () -> "It is gone, and discovery shows it.");
    }

    /** More or fewer of them, larger ones, or what is received is written through. */
    private void change() {
        int next = 1 + plan.nextInt(5);
        Resources size = plan.nextInt(3) == 0 ? LARGER : Resources.ORDINARY;
        Durability durability = plan.nextBoolean() ? Durability.LOSSLESS : Durability.LOSSLESS_POWER;
        Map<String, String> options = plan.nextInt(3) == 0 ? OTHER_OPTIONS : Map.of();
        ask(Kind.CHANGE, (record, asked) -> Requests.change(record, wanted(next, size, durability, options), asked));
        instances = next;
        disturb();
        untilHealthy();
        life.until(
                "as asked",
                () -> life.stored().orElseThrow().operations().stream()
                        .noneMatch(operation -> operation.outcome() == Operation.Outcome.RUNNING));
        Invariants.require(
                life.stored().orElseThrow().members().stream()
                        .allMatch(member -> member.shape().equals(new Shape(size, options))),
                () -> "It is not what was asked for.");
    }

    private static ClusterSpec wanted(
            int instances, Resources size, Durability durability, Map<String, String> options) {
        return new ClusterSpec(instances, size, durability, "app", options, PlacementSpec.ORDINARY);
    }

    /** With replicas another one is promoted; alone, what was acknowledged stays where a person can get it back. */
    private void losePrimary() {
        ClusterRecord before = life.stored().orElseThrow();
        before.primary().flatMap(life.world()::instance).ifPresent(SimulatedInstance::destroy);
        if (before.ackCount() > 0) {
            life.until(
                    "another one's",
                    () -> !life.stored().orElseThrow().primary().equals(before.primary()));
            untilHealthy();
            return;
        }
        life.until("blocked", () -> life.is(State.BLOCKED));
        life.pass(TROUBLE);
        ClusterRecord after = life.stored().orElseThrow();
        Invariants.require(life.is(State.BLOCKED), () -> "It is not blocked any more.");
        Invariants.require(after.primary().equals(before.primary()), () -> "Somebody was promoted by itself.");
    }

    /**
     * With a copy that is as new as the cluster it is looked after again. With an older one nobody is told anything, and its
     * servers go on, unless nobody has seen anything newer.
     */
    private void loseWhatSchedulersKnow() {
        ClusterRecord before = life.stored().orElseThrow();
        ClusterRecord kept = plan.nextBoolean() ? before : copy.orElse(before);
        life.bringBack(kept);
        life.until(
                "known or in doubt",
                () -> life.is(State.BLOCKED)
                        || life.stored().orElseThrow().recovered().isEmpty());
        life.pass(TROUBLE);
        if (life.stored().orElseThrow().recovered().isEmpty()) {
            untilHealthy();
            return;
        }
        Invariants.require(!kept.equals(before), () -> "Nothing has changed since the copy, and it is not trusted.");
        Invariants.require(
                before.primary()
                        .flatMap(life.world()::instance)
                        .filter(primary -> primary.mysqld().writable()
                                && primary.mysqld()
                                        .received()
                                        .contains(life.world().acknowledged()))
                        .isPresent(),
                () -> "Its primary does not go on.");
    }

    /** Nobody speaks for the primary, nobody has lost it, and nothing is written: with replicas another one is promoted. */
    private void chokePrimary() {
        ClusterRecord before = life.stored().orElseThrow();
        Runnable end =
                before.primary().flatMap(life.world()::instance).orElseThrow().choke();
        if (before.ackCount() > 0) {
            life.until(
                    "another one's",
                    () -> !life.stored().orElseThrow().primary().equals(before.primary()));
        }
        end.run();
        untilHealthy();
    }

    /** In peace a switchover that is not refused is done. */
    private void switchOver() {
        ClusterRecord before = life.stored().orElseThrow();
        boolean disturbed = plan.nextBoolean();
        if (disturbed) {
            disturb();
        }
        boolean peace = !disturbed
                && life.world()
                        .instances()
                        .allMatch(instance -> instance.mysqld().responds());
        String operation = askForSwitchover();
        life.until(
                "over",
                () -> life.stored().orElseThrow().operations().stream()
                        .noneMatch(
                                known -> known.id().equals(operation) && known.outcome() == Operation.Outcome.RUNNING));
        untilHealthy();
        boolean moved = !life.stored().orElseThrow().primary().equals(before.primary());
        Invariants.require(!peace || moved || before.members().size() == 1, () -> "It was not switched over.");
    }

    private String askForSwitchover() {
        String operation = "op-" + asked++;
        life.timeline().tell(() -> "a person asks for a switchover");
        life.until("asked", () -> {
            life.leader()
                    .ifPresent(leader -> leader.ask((record, ears) ->
                            Requests.objection(record, Kind.SWITCHOVER).isPresent()
                                    ? Optional.empty()
                                    : leader.target().map(target -> switchover(record, target, operation, ears))));
            return instances == 1
                    || life.stored().orElseThrow().operations().stream()
                            .anyMatch(known -> known.id().equals(operation));
        });
        return operation;
    }

    /** Somebody looks after a cluster that has failed over too often. */
    private void takeNote() {
        life.leader()
                .ifPresent(leader ->
                        leader.ask((record, ears) -> record.failovers().size() < 3
                                ? Optional.empty()
                                : Optional.of(Requests.acknowledgeFailovers(record, ears.now()))));
    }

    /** Somebody has the primary moved, whenever that is possible, for as long as there is trouble. */
    private void moveOn() {
        String operation = "move-" + asked++;
        if (life.troubles().on()) {
            life.leader()
                    .ifPresent(leader -> leader.ask((record, ears) ->
                            Requests.objection(record, Kind.SWITCHOVER).isPresent()
                                    ? Optional.empty()
                                    : leader.target().map(target -> switchover(record, target, operation, ears))));
        }
    }

    private static ClusterRecord switchover(ClusterRecord record, InstanceId target, String operation, Ears ears) {
        return Requests.switchOver(record, target, new Requests.Asked(operation, ears.now(), Optional.empty()));
    }

    /** Some more trouble for a while, perhaps. */
    private void disturb() {
        boolean troubled = plan.nextDouble() < 0.6;
        long span = plan.nextLong(100, 6_000);
        if (troubled) {
            life.troubles().begin();
            life.timeline().after(span, span, life.troubles()::end);
        }
    }
}
