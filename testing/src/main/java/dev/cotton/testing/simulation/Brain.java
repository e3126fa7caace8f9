package dev.cotton.testing.simulation;

import dev.cotton.core.control.Assessment;
import dev.cotton.core.control.Deliveries;
import dev.cotton.core.control.Effect;
import dev.cotton.core.control.Observation;
import dev.cotton.core.control.Planner;
import dev.cotton.core.control.Planner.Step;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.InstanceId;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What decides: the planner as it is, or one with a fault that a test plants. */
public interface Brain {
    /** See {@link Planner#next}. */
    Optional<Step> next(ClusterRecord record, Observation observation);

    /** See {@link Planner#effects}. */
    List<Effect> effects(ClusterRecord record, Observation observation);

    /** See {@link Planner#assess}. */
    Assessment assess(ClusterRecord record, Observation observation);

    /** See {@link Planner#switchoverTarget}. */
    Optional<InstanceId> switchoverTarget(ClusterRecord record, Observation observation);

    /** Whether effects of the next record are sent before it is persisted. Never, unless a test plants that. */
    default boolean actsBeforePersisting() {
        return false;
    }

    /** What remembers which effects were delivered. */
    default Deliveries deliveries(LongSupplier clock) {
        return new Deliveries(clock);
    }

    /** The planner as it is in production. */
    static Brain sound(Planner.Settings settings) {
        return new Sound(new Planner(settings));
    }

    /** Hands everything on to a planner. */
    record Sound(Planner planner) implements Brain {
        @Override
        public Optional<Step> next(ClusterRecord record, Observation observation) {
            return planner.next(record, observation);
        }

        @Override
        public List<Effect> effects(ClusterRecord record, Observation observation) {
            return planner.effects(record, observation);
        }

        @Override
        public Assessment assess(ClusterRecord record, Observation observation) {
            return planner.assess(record, observation);
        }

        @Override
        public Optional<InstanceId> switchoverTarget(ClusterRecord record, Observation observation) {
            return planner.switchoverTarget(record, observation);
        }
    }
}
