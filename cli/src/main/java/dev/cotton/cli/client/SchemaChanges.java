package dev.cotton.cli.client;

import java.time.Instant;
import java.util.List;

/**
 * What changed the schemas of a cluster.
 *
 * @param changes the oldest first
 * @param since what is older was not looked at
 */
public record SchemaChanges(List<Change> changes, Instant since) {
    public SchemaChanges {
        changes = List.copyOf(changes);
    }

    /** One statement. */
    public record Change(String gtid, Instant at, String schema, String statement) {}
}
