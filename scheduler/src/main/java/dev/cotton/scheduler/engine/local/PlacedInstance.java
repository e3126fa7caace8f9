package dev.cotton.scheduler.engine.local;

import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Ports;
import dev.cotton.core.model.Resources;
import dev.cotton.scheduler.engine.local.placement.Placement;

/**
 * All that the engine persists about an instance. It is written after the instance's folder was prepared, so an instance
 * with a record and without a folder is lost.
 *
 * @param schema of this form
 * @param cluster the cluster's uid
 * @param host the name of the host that it is on
 * @param dataFolder the id of the data folder that it is in
 */
public record PlacedInstance(
        int schema,
        InstanceId id,
        String cluster,
        Resources resources,
        String host,
        Ports ports,
        String dataFolder,
        Goal goal) {
    public static final int SCHEMA = 1;

    /** What is to become of it. */
    public enum Goal {
        RUN,
        BIN,
        DESTROY
    }

    /** What it holds, for the placement. */
    Placement.Seat seat() {
        return new Placement.Seat(cluster, resources, host, ports, goal == Goal.RUN);
    }

    PlacedInstance withGoal(Goal next) {
        return new PlacedInstance(schema, id, cluster, resources, host, ports, dataFolder, next);
    }
}
