package dev.cotton.core.model;

import java.time.Instant;

/**
 * What a record was when it was copied that a cluster was brought back from. Others may have led the cluster since.
 *
 * @param at when it was copied
 * @param epoch of the record then
 * @param version of the record then
 */
public record Recovered(Instant at, long epoch, long version) {
    /** Whether {@code seen} was given later than the copy was made, whoever gave it. */
    public boolean isOlderThan(Stamp seen) {
        return seen.epoch() > epoch || (seen.epoch() == epoch && seen.version() > version);
    }
}
