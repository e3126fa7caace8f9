package dev.cotton.testing.simulation;

import dev.cotton.core.control.Assessment.State;
import dev.cotton.core.control.Requests;
import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.ClusterSpec;
import dev.cotton.core.model.Durability;
import dev.cotton.core.model.Operation;
import dev.cotton.core.model.Resources;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One life of one cluster, from a seed: created, troubled by faults, left in peace until it is healthy, and perhaps
 * stopped, deleted, restored, purged.
 */
public final class Simulation {
    private static final long TROUBLE = 12_000;
    private static final long LOOK = 100;
    private static final long PATIENCE = 180_000;
    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    private final long seed;
    private final Timeline timeline;
    private final World world;
    private final SimulatedScheduler scheduler;
    private final Invariants invariants;

    private long checkedChanges = -1;
    private long checkedVersion = -1;

    private Simulation(long seed, Brain brain) {
        this.seed = seed;
        this.timeline = new Timeline(seed);
        this.world = new World(timeline, this::news);
        this.invariants = new Invariants(world);
        int instances = 1 + timeline.random().nextInt(5);
        ClusterRecord first = Requests.create(
                new ClusterName("demo"),
                new ClusterSpec(instances, Resources.ORDINARY, Durability.LOSSLESS, "app", Map.of()),
                new Requests.Identity("uid", "", 0),
                1,
                new Requests.Asked("op-create", BEGINNING, Optional.empty()));
        this.scheduler = new SimulatedScheduler(timeline, world, new SimulatedEngine(timeline, world), brain, first);
    }

    private void news() {
        scheduler.news();
    }

    /**
     * Runs one life.
     *
     * @throws AssertionError with the seed and the story's end when an invariant breaks or peace does not come
     */
    public static void run(long seed, Brain brain) {
        Simulation life = new Simulation(seed, brain);
        try {
            life.live();
        } catch (AssertionError | RuntimeException broken) {
            throw new AssertionError(
                    "Seed " + seed + " at " + life.timeline.now() + " ms: " + broken.getMessage() + "\n"
                            + life.timeline.story(),
                    broken);
        }
    }

    private void live() {
        trouble();
        untilHealthy();
        switch (timeline.random().nextInt(4)) {
            case 0 -> endAndPerhapsReturn(Operation.Kind.DELETE, State.BINNED, Operation.Kind.RESTORE);
            case 1 -> endAndPerhapsReturn(Operation.Kind.STOP, State.STOPPED, Operation.Kind.START);
            case 2 -> purge();
            default -> timeline.tell("it lives on");
        }
    }

    private void trouble() {
        scheduler.network().loss = timeline.random().nextDouble() * 0.2;
        long until = timeline.now() + TROUBLE;
        nextFault(until);
        while (timeline.now() < until) {
            step();
        }
        scheduler.network().loss = 0;
        timeline.tell("no more faults");
    }

    private void nextFault(long until) {
        timeline.after(20, 3000, () -> {
            if (timeline.now() < until) {
                fault();
                nextFault(until);
            }
        });
    }

    private void fault() {
        List<SimulatedServer> servers = world.servers().toList();
        int kind = timeline.random().nextInt(10);
        if (kind < 3 || servers.isEmpty()) {
            scheduler.crash();
            return;
        }
        SimulatedServer victim = servers.get(timeline.random().nextInt(servers.size()));
        boolean primary = scheduler
                .record()
                .flatMap(ClusterRecord::primary)
                .filter(victim.id::equals)
                .isPresent();
        boolean none = scheduler.record().flatMap(ClusterRecord::primary).isEmpty();
        switch (kind) {
            case 3, 4, 5 -> victim.killMysqld();
            case 6, 7 -> victim.killExecutor();
            case 8 -> victim.reboot();
            default -> {
                if (!primary && !none) {
                    victim.destroy();
                }
            }
        }
    }

    private void untilHealthy() {
        until("HEALTHY", () -> state().filter(State.HEALTHY::equals).isPresent());
        ClusterRecord record = scheduler.record().orElseThrow();
        Invariants.require(
                record.members().size() == record.spec().instances(), "Healthy with " + record.members() + ".");
        Invariants.require(
                record.ackCount()
                        == ClusterRecord.settledAckCount(record.inSync().size()),
                "Healthy with an ack count of " + record.ackCount() + ".");
    }

    private void endAndPerhapsReturn(Operation.Kind end, State ended, Operation.Kind back) {
        scheduler.ask(end);
        disturbSometimes();
        until(ended.name(), () -> state().filter(ended::equals).isPresent() && allReleased());
        Invariants.require(world.servers().noneMatch(SimulatedServer::executorUp), "Something still runs.");
        scheduler.ask(back);
        untilHealthy();
    }

    private boolean allReleased() {
        return world.servers().noneMatch(SimulatedServer::executorUp);
    }

    private void purge() {
        scheduler.ask(Operation.Kind.PURGE);
        disturbSometimes();
        until("gone", () -> scheduler.record().isEmpty());
        Invariants.require(world.servers().findAny().isEmpty(), "Something is left.");
    }

    private void disturbSometimes() {
        if (timeline.chance(0.5)) {
            timeline.after(10, 2000, scheduler::crash);
        }
        if (timeline.chance(0.5)) {
            timeline.after(10, 2000, this::killSomebody);
        }
    }

    private void killSomebody() {
        List<SimulatedServer> servers = world.servers().toList();
        if (!servers.isEmpty()) {
            servers.get(timeline.random().nextInt(servers.size())).killExecutor();
        }
    }

    private Optional<State> state() {
        return scheduler.record().map(record -> scheduler.assess(record));
    }

    private void until(String what, java.util.function.BooleanSupplier reached) {
        long limit = timeline.now() + PATIENCE;
        while (!reached.getAsBoolean()) {
            long pause = timeline.now() + LOOK;
            while (timeline.now() < pause) {
                step();
            }
            Invariants.require(timeline.now() < limit, "Not " + what + " in time: " + scheduler.whatIsMissing());
        }
        timeline.tell("it is " + what);
    }

    private void step() {
        timeline.step();
        Optional<ClusterRecord> record = scheduler.record();
        long version = record.map(ClusterRecord::version).orElse(0L);
        if (world.changes() != checkedChanges || version != checkedVersion) {
            checkedChanges = world.changes();
            checkedVersion = version;
            record.ifPresent(invariants::check);
        }
    }

    /** The seed that this life came from. */
    @Override
    public String toString() {
        return "Simulation " + seed;
    }
}
