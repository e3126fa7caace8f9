package dev.cotton.scheduler.rest.resource;

import dev.cotton.core.model.Member.Announced;
import dev.cotton.core.model.Member.Stage;
import java.util.Optional;

/**
 * An instance of a cluster.
 *
 * @param announced what discovery shows of it
 * @param doubted its host has booted since its relay log was last known to be whole, so it does not count yet
 * @param place absent when the engine does not know it
 * @param executor absent before anybody listened to it
 * @param mysql absent unless mysqld and its executor answer
 */
public record InstanceResource(
        String id,
        String cluster,
        Role role,
        Stage stage,
        Announced announced,
        boolean doubted,
        Optional<PlaceResource> place,
        Optional<ExecutorResource> executor,
        Optional<MysqlResource> mysql) {
    /** What the cluster's record makes of an instance. */
    public enum Role {
        PRIMARY,
        REPLICA
    }
}
