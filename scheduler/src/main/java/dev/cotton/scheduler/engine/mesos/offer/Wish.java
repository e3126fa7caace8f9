package dev.cotton.scheduler.engine.mesos.offer;

import dev.cotton.core.model.InstanceId;
import java.util.List;

/**
 * An instance that has no place yet.
 *
 * @param cluster the cluster's uid
 * @param apart whether an agent with another instance of the cluster is out of the question
 */
public record Wish(InstanceId id, String cluster, Need need, List<Constraint> constraints, boolean apart) {
    public Wish {
        constraints = List.copyOf(constraints);
    }
}
