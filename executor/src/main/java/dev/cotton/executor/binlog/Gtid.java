package dev.cotton.executor.binlog;

import dev.cotton.core.model.GtidSet;

/**
 * The name of one transaction.
 *
 * @param source a UUID, or a UUID and a tag after a colon
 */
public record Gtid(String source, long number) {
    /** The set that has only this. */
    public GtidSet alone() {
        return GtidSet.parse(toString());
    }

    @Override
    public String toString() {
        return source + ":" + number;
    }
}
