package dev.cotton.scheduler.engine.mesos.offer;

import dev.cotton.core.model.InstanceId;
import java.util.List;

/**
 * An instance that has no place yet.
 *
 * @param cluster the cluster's uid
 * @param role whose offers it may use; the same for all of a cluster
 * @param apart whether an agent with another instance of the cluster is out of the question
 * @param attempts how often it was launched before: it takes other ports each time, since somebody else may hold those of
 *     the last one
 */
public record Wish(
        InstanceId id,
        String cluster,
        String role,
        Need need,
        List<Constraint> constraints,
        boolean apart,
        int attempts) {
    public Wish {
        constraints = List.copyOf(constraints);
    }

    /** One that was never launched. */
    public Wish(InstanceId id, String cluster, String role, Need need, List<Constraint> constraints, boolean apart) {
        this(id, cluster, role, need, constraints, apart, 0);
    }
}
