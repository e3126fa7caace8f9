package dev.cotton.testing.simulation;

import dev.cotton.core.control.Assessment;
import dev.cotton.core.control.Assessment.State;
import dev.cotton.core.control.Requests;
import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.ClusterSpec;
import dev.cotton.core.model.Recovered;
import dev.cotton.testing.fake.InMemoryEnsemble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One life of one cluster, from a seed: created, troubled by faults, left in peace until it is healthy, and perhaps
 * stopped, deleted, restored, purged, switched over, or robbed of its primary's data.
 */
public final class Simulation {
    private static final String UID = "uid";
    private static final long LOOK = 100;
    private static final long TERMS_SINCE = 1_000;
    private static final long PATIENCE = 180_000;

    /** How long a short story is looked for. */
    private static final Duration SHRINKING = Duration.ofSeconds(20);

    private final Fate fate;
    private final Timeline timeline;
    private final World world;
    private final SimulatedEngine engine;
    private final InMemoryEnsemble ensemble = new InMemoryEnsemble();
    private final List<SimulatedScheduler> schedulers;
    private final Troubles troubles;
    private final Invariants invariants;
    private long checkedChanges = -1;
    private long checkedVersion = -1;

    private Simulation(Life life, Brain brain, Flaw flaw, boolean told) {
        this.fate = new Fate(life);
        this.timeline = new Timeline(life.seed(), told);
        this.world = new World(timeline, flaw, 1 + fate.plan().nextInt(3));
        this.invariants = new Invariants(world);
        this.engine = new SimulatedEngine(timeline, world, ensemble::term);
        Network network = new Network(timeline, fate, world, engine);
        Surroundings around = new Surroundings(timeline, fate, world, engine, network, ensemble);
        this.schedulers = List.of(
                new SimulatedScheduler("scheduler-a", around, brain),
                new SimulatedScheduler("scheduler-b", around, brain));
        this.troubles = new Troubles(around, schedulers, this::stored);
    }

    /** Lives one life; absent when no invariant breaks and peace comes. */
    public static Optional<Failure> live(Life life, Brain brain, Flaw flaw) {
        return live(life, brain, flaw, false);
    }

    /** As {@link #live}, with a story of the failure that has as few faults as can be found in a limited time. */
    public static Optional<Failure> tell(Life life, Brain brain, Flaw flaw) {
        return live(life, brain, flaw)
                .map(new Shrinking(shorter -> live(shorter, brain, flaw), SHRINKING)::shortest)
                .flatMap(failure -> live(failure.life(), brain, flaw, true));
    }

    private static Optional<Failure> live(Life life, Brain brain, Flaw flaw, boolean told) {
        Simulation simulation = new Simulation(life, brain, flaw, told);
        try {
            new Course(simulation, simulation.fate.plan()).live();
            return Optional.empty();
        } catch (AssertionError | RuntimeException broken) {
            return Optional.of(simulation.failure(life, broken));
        }
    }

    private Failure failure(Life life, Throwable broken) {
        String what = broken instanceof AssertionError ? String.valueOf(broken.getMessage()) : broken.toString();
        String end = stored().map(ClusterRecord::toString).orElse("no record");
        return new Failure(life, fate.struck(), timeline.now(), what, timeline.story() + end + "\n");
    }

    Timeline timeline() {
        return timeline;
    }

    World world() {
        return world;
    }

    /** Whether the host of {@code instance} is to be left. */
    boolean isToLeave(SimulatedInstance instance) {
        return engine.closes(instance.host());
    }

    Troubles troubles() {
        return troubles;
    }

    /** What clients see. */
    boolean discovered() {
        return !ensemble.discovery().isEmpty();
    }

    /** Writes the record of a new cluster. */
    void create(ClusterSpec spec) {
        schedulers
                .getFirst()
                .begin(Requests.create(
                        new ClusterName("demo"),
                        spec,
                        new Requests.Identity(UID, "", 0, Optional.empty()),
                        ensemble.term(),
                        new Requests.Asked("op-create", Instant.EPOCH, Optional.empty())));
    }

    Optional<ClusterRecord> stored() {
        return ensemble.record(UID);
    }

    /** All that schedulers know is lost, and an older copy of it is there instead. */
    void bringBack(ClusterRecord copy) {
        schedulers.forEach(SimulatedScheduler::crash);
        timeline.tell(() -> "all that schedulers know is lost; there is a copy of version " + copy.version());
        Recovered from = new Recovered(Instant.EPOCH, copy.epoch(), copy.version());
        ensemble.bringBack(copy.with(change -> change.recovered(Optional.of(from))), TERMS_SINCE);
    }

    Optional<SimulatedScheduler> leader() {
        return schedulers.stream().filter(SimulatedScheduler::leads).findFirst();
    }

    boolean is(State state) {
        return leader().flatMap(SimulatedScheduler::assess)
                .map(Assessment::state)
                .filter(state::equals)
                .isPresent();
    }

    /** Goes on until that is so. */
    void until(String what, BooleanSupplier reached) {
        long limit = timeline.now() + PATIENCE;
        while (!reached.getAsBoolean()) {
            pass(LOOK);
            Invariants.require(
                    timeline.now() < limit,
                    () -> "Not " + what + " in time: "
                            + leader().map(SimulatedScheduler::whatIsMissing).orElse("nobody leads"));
        }
        timeline.tell(() -> "it is " + what);
    }

    /** Goes on for so many milliseconds. */
    void pass(long span) {
        long end = timeline.now() + span;
        while (timeline.now() < end) {
            step();
        }
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
            record.filter(known -> known.recovered().isEmpty()).ifPresent(invariants::check);
        }
    }
}
