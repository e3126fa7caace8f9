package dev.cotton.testing.simulation;

import dev.cotton.core.model.InstanceId;
import dev.cotton.testing.simulation.Fault.Kind;
import java.util.Optional;
import java.util.function.Consumer;

/** Carries messages between schedulers and executors: some are lost, some are late, some arrive twice. */
final class Network {
    private static final long SLOWEST = 20;
    private static final long LATE = 2_000;

    /** When nobody waits for an answer any more. */
    private static final long PATIENCE = 1_000;

    private final Timeline timeline;
    private final Fate fate;
    private final World world;
    private final SimulatedEngine engine;
    private double trouble;

    Network(Timeline timeline, Fate fate, World world, SimulatedEngine engine) {
        this.timeline = timeline;
        this.fate = fate;
        this.world = world;
        this.engine = engine;
    }

    /** @param share of messages that something happens to, 0 to 1 */
    void trouble(double share) {
        trouble = share;
    }

    /** Brings a command to an executor, or not, or twice. */
    void command(InstanceId id, Consumer<SimulatedInstance> what, Sender sender) {
        if (strikes("a command to " + id + " is lost")) {
            timeline.after(PATIENCE, PATIENCE, sender::failed);
            return;
        }
        long slowest = strikes("a command to " + id + " is late") ? LATE : SLOWEST;
        timeline.after(1, slowest, () -> deliver(id, what, sender));
        if (strikes("a command to " + id + " is sent twice")) {
            timeline.after(1, LATE, () -> reached(id).ifPresent(what));
        }
    }

    /** Who sends a command hears how it went. */
    interface Sender {
        void answered();

        void failed();
    }

    private void deliver(InstanceId id, Consumer<SimulatedInstance> what, Sender sender) {
        Optional<SimulatedInstance> instance = reached(id).filter(SimulatedInstance::executorUp);
        instance.ifPresent(what);
        timeline.after(1, SLOWEST, instance.isPresent() ? sender::answered : sender::failed);
    }

    private Optional<SimulatedInstance> reached(InstanceId id) {
        return world.instance(id).filter(engine::reaches).filter(instance -> !instance.mute());
    }

    private boolean strikes(String what) {
        boolean strikes = fate.strikes(Kind.MESSAGE, trouble);
        if (strikes) {
            timeline.tell(() -> what);
        }
        return strikes;
    }

    /** Has {@code answer} run with the way that a report takes, or {@code none} when there is none. */
    void report(SimulatedInstance from, Runnable answer, Runnable none) {
        boolean arrives =
                from.executorUp() && !from.mute() && engine.reaches(from) && !fate.strikes(Kind.MESSAGE, trouble);
        if (arrives) {
            from.primacy().heard();
        }
        long slowest = fate.strikes(Kind.MESSAGE, trouble) ? LATE / 4 : SLOWEST;
        timeline.after(1, slowest, arrives ? answer : none);
    }
}
