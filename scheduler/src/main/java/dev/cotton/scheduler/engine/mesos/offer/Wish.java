package dev.cotton.scheduler.engine.mesos.offer;

import dev.cotton.core.model.InstanceId;
import java.util.List;

/**
 * An instance that has no place yet.
 *
 * @param cluster the cluster's uid
 * @param role whose offers it may use; the same for all of a cluster
 * @param apart whether an agent with another instance of the cluster is out of the question
 */
public record Wish(InstanceId id, String cluster, String role, Need need, List<Constraint> constraints, boolean apart) {
    public Wish {
        constraints = List.copyOf(constraints);
    }
}
