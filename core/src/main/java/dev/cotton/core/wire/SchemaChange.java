package dev.cotton.core.wire;

import dev.cotton.core.model.GtidSet;
import java.time.Instant;
import java.util.List;

/**
 * A statement in the binary log that is written there as it was given: one that changes schemas, accounts or routines.
 *
 * @param gtid of its transaction
 * @param at when it was committed, where that was first done
 * @param schema that it was given in; empty when in none
 * @param statement at most {@value #LONGEST} characters of it, without what follows {@code IDENTIFIED}
 */
public record SchemaChange(GtidSet gtid, Instant at, String schema, String statement) {
    public static final int LONGEST = 1000;

    /**
     * Those of a time.
     *
     * @param changes the oldest first
     * @param since when the oldest transaction was committed that was looked at: logs that are purged are not, nor more than
     *     what is read in a few seconds
     */
    public record Found(List<SchemaChange> changes, Instant since) {
        public Found {
            changes = List.copyOf(changes);
        }
    }
}
