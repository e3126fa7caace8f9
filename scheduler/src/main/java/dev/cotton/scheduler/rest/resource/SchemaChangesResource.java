package dev.cotton.scheduler.rest.resource;

import java.time.Instant;
import java.util.List;

/**
 * What changed the schemas of a cluster.
 *
 * @param changes the oldest first
 * @param since what is older was not looked at, or is in no binary log any more
 */
public record SchemaChangesResource(List<SchemaChangeResource> changes, Instant since) {
    public SchemaChangesResource {
        changes = List.copyOf(changes);
    }
}
