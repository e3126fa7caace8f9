package dev.cotton.testing.simulation;

import dev.cotton.core.control.Assessment;
import dev.cotton.core.control.Assessment.State;
import dev.cotton.core.control.Requests;
import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.ClusterSpec;
import dev.cotton.core.model.Durability;
import dev.cotton.core.model.Operation;
import dev.cotton.core.model.Operation.Kind;
import dev.cotton.core.model.Resources;
import dev.cotton.testing.fake.InMemoryEnsemble;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One life of one cluster, from a seed: created, troubled by faults, left in peace until it is healthy, and perhaps
 * stopped, deleted, restored, purged, or robbed of its primary's data.
 */
public final class Simulation {
    private static final String UID = "uid";
    private static final long TROUBLE = 12_000;
    private static final long LOOK = 100;
    private static final long PATIENCE = 180_000;

    private final Timeline timeline;
    private final World world;
    private final InMemoryEnsemble ensemble = new InMemoryEnsemble();
    private final List<SimulatedScheduler> schedulers;
    private final Troubles troubles;
    private final Invariants invariants;
    private final int instances;
    private long checkedChanges = -1;
    private long checkedVersion = -1;
    private int asked;

    private Simulation(long seed, Brain brain, Flaw flaw) {
        this.timeline = new Timeline(seed);
        this.world = new World(timeline, flaw);
        this.invariants = new Invariants(world);
        this.instances = 1 + timeline.number(5);
        SimulatedEngine engine = new SimulatedEngine(timeline, world, ensemble::term);
        Surroundings around = new Surroundings(timeline, world, engine, new Network(timeline, world, engine), ensemble);
        this.schedulers = List.of(
                new SimulatedScheduler("scheduler-a", around, brain),
                new SimulatedScheduler("scheduler-b", around, brain));
        this.troubles = new Troubles(around, schedulers, this::stored);
    }

    /** Runs one life with executors that do what the wire says. */
    public static void run(long seed, Brain brain) {
        run(seed, brain, Flaw.NONE);
    }

    /**
     * Runs one life.
     *
     * @throws AssertionError with the seed and the story's end when an invariant breaks or peace does not come
     */
    public static void run(long seed, Brain brain, Flaw flaw) {
        Simulation life = new Simulation(seed, brain, flaw);
        try {
            life.live();
        } catch (AssertionError | RuntimeException broken) {
            throw new AssertionError(
                    "Seed " + seed + " at " + life.timeline.now() + " ms: " + broken.getMessage() + "\n"
                            + life.timeline.story()
                            + life.stored().map(ClusterRecord::toString).orElse("no record"),
                    broken);
        }
    }

    private void live() {
        timeline.every(4_000, 20_000, this::takeNote);
        troubles.begin();
        create();
        long until = timeline.now() + TROUBLE;
        while (timeline.now() < until) {
            step();
        }
        troubles.end();
        untilHealthy();
        switch (timeline.number(6)) {
            case 0 -> endAndReturn(Kind.DELETE, State.BINNED, Kind.RESTORE);
            case 1 -> endAndReturn(Kind.STOP, State.STOPPED, Kind.START);
            case 2 -> purge();
            case 3 -> losePrimary();
            case 4 -> switchOver();
            default -> timeline.tell("it lives on");
        }
    }

    private void create() {
        SimulatedScheduler leader = schedulers.getFirst();
        leader.begin(Requests.create(
                new ClusterName("demo"),
                new ClusterSpec(instances, Resources.ORDINARY, Durability.LOSSLESS, "app", Map.of()),
                new Requests.Identity(UID, "", 0),
                ensemble.term(),
                new Requests.Asked("op-create", java.time.Instant.EPOCH, Optional.empty())));
    }

    private Optional<ClusterRecord> stored() {
        return ensemble.record(UID);
    }

    private Optional<SimulatedScheduler> leader() {
        return schedulers.stream().filter(SimulatedScheduler::leads).findFirst();
    }

    private boolean is(State state) {
        return leader().flatMap(SimulatedScheduler::assess)
                .map(Assessment::state)
                .filter(state::equals)
                .isPresent();
    }

    private void untilHealthy() {
        until("healthy", () -> is(State.HEALTHY));
        ClusterRecord record = stored().orElseThrow();
        int settled = ClusterRecord.settledAckCount(record.inSync().size());
        Invariants.require(record.inSync().size() == instances, "Healthy with " + record.members() + ".");
        Invariants.require(record.ackCount() == settled, "Healthy with an ack count of " + record.ackCount() + ".");
        Invariants.require(world.instances().count() == instances, "Healthy, and an instance is left over.");
        until(
                "alike",
                () -> world.instances()
                        .allMatch(instance -> instance.mysqld().received().contains(world.acknowledged())));
        stored().flatMap(ClusterRecord::primary)
                .flatMap(world::instance)
                .map(primary -> primary.mysqld().binlog())
                .ifPresent(truth -> Invariants.require(
                        world.instances()
                                .allMatch(instance ->
                                        truth.contains(instance.mysqld().received())),
                        "D: a member has what the primary has not, and follows it."));
    }

    /** Asks until a leader has accepted it, once. */
    private void ask(Kind kind) {
        String operation = "op-" + asked++;
        timeline.tell("a person asks for " + kind);
        until("accepted", () -> {
            leader().ifPresent(leader -> leader.ask((record, ears) -> {
                boolean accepted = record.operations().stream()
                        .anyMatch(known -> known.id().equals(operation));
                return accepted || Requests.objection(record, kind).isPresent()
                        ? Optional.empty()
                        : Optional.of(Requests.accept(
                                record, kind, new Requests.Asked(operation, ears.now(), Optional.empty())));
            }));
            return stored().map(record -> record.operations().stream()
                            .anyMatch(known -> known.id().equals(operation)))
                    .orElse(true);
        });
    }

    private void endAndReturn(Kind end, State ended, Kind back) {
        ask(end);
        disturb();
        until(ended.name(), () -> is(ended) && world.instances().noneMatch(SimulatedInstance::executorUp));
        ask(back);
        disturb();
        untilHealthy();
    }

    private void purge() {
        ask(Kind.PURGE);
        disturb();
        until("gone", () -> stored().isEmpty() && world.instances().findAny().isEmpty());
        Invariants.require(ensemble.discovery().isEmpty(), "It is gone, and discovery shows it.");
    }

    /** With replicas another one is promoted; alone, what was acknowledged stays where a person can get it back. */
    private void losePrimary() {
        ClusterRecord before = stored().orElseThrow();
        before.primary().flatMap(world::instance).ifPresent(SimulatedInstance::destroy);
        if (before.ackCount() > 0) {
            until("another one's", () -> !stored().orElseThrow().primary().equals(before.primary()));
            untilHealthy();
            return;
        }
        until("blocked", () -> is(State.BLOCKED));
        long until = timeline.now() + TROUBLE;
        while (timeline.now() < until) {
            step();
        }
        ClusterRecord after = stored().orElseThrow();
        Invariants.require(is(State.BLOCKED), "It is not blocked any more.");
        Invariants.require(after.primary().equals(before.primary()), "Somebody was promoted by itself.");
    }

    /** In peace a switchover that is not refused is done. */
    private void switchOver() {
        ClusterRecord before = stored().orElseThrow();
        boolean disturbed = timeline.chance(0.5);
        if (disturbed) {
            disturb();
        }
        boolean peace = !disturbed
                && world.instances().allMatch(instance -> instance.mysqld().responds());
        String operation = askForSwitchover();
        until(
                "over",
                () -> stored().orElseThrow().operations().stream()
                        .noneMatch(
                                known -> known.id().equals(operation) && known.outcome() == Operation.Outcome.RUNNING));
        untilHealthy();
        boolean moved = !stored().orElseThrow().primary().equals(before.primary());
        Invariants.require(!peace || moved || before.members().size() == 1, "It was not switched over.");
    }

    private String askForSwitchover() {
        String operation = "op-" + asked++;
        timeline.tell("a person asks for a switchover");
        until("asked", () -> {
            leader().ifPresent(leader -> leader.ask((record, ears) -> Requests.objection(record, Kind.SWITCHOVER)
                            .isPresent()
                    ? Optional.empty()
                    : leader.target()
                            .map(target -> Requests.switchOver(
                                    record, target, new Requests.Asked(operation, ears.now(), Optional.empty())))));
            return instances == 1
                    || stored().orElseThrow().operations().stream()
                            .anyMatch(known -> known.id().equals(operation));
        });
        return operation;
    }

    /** Somebody looks after a cluster that has failed over too often. */
    private void takeNote() {
        leader().ifPresent(leader ->
                leader.ask((record, ears) -> record.failovers().size() < 3
                        ? Optional.empty()
                        : Optional.of(Requests.acknowledgeFailovers(record, ears.now()))));
    }

    /** Some more trouble for a while, perhaps. */
    private void disturb() {
        if (timeline.chance(0.6)) {
            troubles.begin();
            timeline.after(100, 6000, troubles::end);
        }
    }

    private void until(String what, BooleanSupplier reached) {
        long limit = timeline.now() + PATIENCE;
        while (!reached.getAsBoolean()) {
            long pause = timeline.now() + LOOK;
            while (timeline.now() < pause) {
                step();
            }
            Invariants.require(
                    timeline.now() < limit,
                    "Not " + what + " in time: "
                            + leader().map(SimulatedScheduler::whatIsMissing).orElse("nobody leads"));
        }
        timeline.tell("it is " + what);
    }

    private void step() {
        timeline.step();
        Optional<ClusterRecord> record = stored();
        long version = record.map(ClusterRecord::version).orElse(0L);
        if (version != checkedVersion) {
            record.ifPresent(known -> invariants.checkDiscovery(known, ensemble.discovery()));
        }
        if (world.changes() != checkedChanges || version != checkedVersion) {
            checkedChanges = world.changes();
            checkedVersion = version;
            record.ifPresent(invariants::check);
        }
    }
}
