package dev.cotton.testing.simulation;

import dev.cotton.core.model.InstanceId;
import java.util.function.Consumer;

/** Carries messages between schedulers and executors: some are lost, some are late, some arrive twice. */
final class Network {
    private static final long SLOWEST = 20;
    private static final long LATE = 2_000;

    private final Timeline timeline;
    private final World world;
    private final SimulatedEngine engine;
    private double trouble;

    Network(Timeline timeline, World world, SimulatedEngine engine) {
        this.timeline = timeline;
        this.world = world;
        this.engine = engine;
    }

    /** @param share of messages that something happens to, 0 to 1 */
    void trouble(double share) {
        trouble = share;
    }

    /** Brings a command to an executor, or not, or twice. */
    void command(InstanceId id, Consumer<SimulatedInstance> what) {
        if (timeline.chance(trouble)) {
            return;
        }
        int copies = timeline.chance(trouble) ? 2 : 1;
        for (int copy = 0; copy < copies; copy++) {
            timeline.after(
                    1,
                    timeline.chance(trouble) ? LATE : SLOWEST,
                    () -> world.instance(id).filter(engine::reaches).ifPresent(what));
        }
    }

    /** Has {@code answer} run with the way that a report takes, or {@code none} when there is none. */
    void report(SimulatedInstance from, Runnable answer, Runnable none) {
        boolean arrives = from.executorUp() && engine.reaches(from) && !timeline.chance(trouble);
        timeline.after(1, timeline.chance(trouble) ? LATE / 4 : SLOWEST, arrives ? answer : none);
    }
}
