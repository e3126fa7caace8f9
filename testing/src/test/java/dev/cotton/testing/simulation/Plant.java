package dev.cotton.testing.simulation;

import dev.cotton.core.control.Assessment;
import dev.cotton.core.control.Effect;
import dev.cotton.core.control.Observation;
import dev.cotton.core.control.Planner;
import dev.cotton.core.control.Planner.Step;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.ClusterRecordChange;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Member.Stage;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A mistake that the planner could make: the sound one, but for one thing. */
interface Plant extends Brain {
    /** The planner as it is. */
    Brain SOUND = Brain.sound(Planner.Settings.ORDINARY);

    /** A step that is taken too early, if it is time for it. */
    default Optional<ClusterRecord> hasty(ClusterRecord record, Observation observation) {
        return Optional.empty();
    }

    /** What it takes for true. */
    default Observation seen(ClusterRecord record, Observation observation) {
        return observation;
    }

    /** What becomes of a sound step. */
    default Optional<Step> altered(ClusterRecord record, Step sound) {
        return Optional.of(sound);
    }

    /** Whether it loses nothing, and no peace comes. */
    default boolean hangs() {
        return false;
    }

    @Override
    default Optional<Step> next(ClusterRecord record, Observation observation) {
        Observation believed = seen(record, observation);
        return hasty(record, believed)
                .map(next -> new Step(Optional.of(next), "planted: " + this))
                .or(() -> SOUND.next(record, believed).flatMap(sound -> altered(record, sound)));
    }

    @Override
    default List<Effect> effects(ClusterRecord record, Observation observation) {
        return SOUND.effects(record, seen(record, observation));
    }

    @Override
    default Assessment assess(ClusterRecord record, Observation observation) {
        return SOUND.assess(record, seen(record, observation));
    }

    @Override
    default Optional<InstanceId> switchoverTarget(ClusterRecord record, Observation observation) {
        return SOUND.switchoverTarget(record, seen(record, observation));
    }

    /** The next record, with that change. */
    static Optional<ClusterRecord> changed(ClusterRecord record, UnaryOperator<ClusterRecordChange> change) {
        return Optional.of(record.with(next -> change.apply(next).version(record.version() + 1)));
    }

    /** A new primary and its in-sync set. */
    static ClusterRecordChange named(
            ClusterRecordChange change, ClusterRecord record, InstanceId primary, List<InstanceId> set) {
        int count = record.settled(set.size());
        return change.primary(primary)
                .settled()
                .hidePrimary()
                .ackCount(count)
                .ackTarget(count)
                .everyMember(member -> set.contains(member.id())
                        ? member.withStage(Stage.IN_SYNC)
                        : member.inSync() ? member.withStage(Stage.DETACHED) : member);
    }

    /** Whether {@code member} has established its role under the record's present stamp. */
    static boolean established(ClusterRecord record, Observation observation, InstanceId member) {
        return observation
                .status(member)
                .filter(status -> status.establishedAt(record.stamp()))
                .isPresent();
    }

    /** Whether somebody is on the way out of the in-sync set. */
    static boolean leaving(ClusterRecord record) {
        return record.members().stream().anyMatch(member -> member.stage() == Stage.LEAVING);
    }
}
