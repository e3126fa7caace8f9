package dev.cotton.scheduler.rest.resource;

import java.util.Optional;

/**
 * The backup that a cluster is to begin with.
 *
 * @param cluster whose backup it is, by its name
 * @param backup {@code latest} (the default), an id, or a minute as {@code yyyyMMddHHmm}
 * @param toTime do again what followed until that time, in ISO 8601 with its zone, or {@code latest} for all; of this and the
 *     next two at most one
 * @param toGtid do again what followed up to that transaction, with it
 * @param beforeGtid do again what followed before that transaction
 * @param skipGtid a GTID set of transactions that are left out
 */
public record FromBackup(
        Optional<String> cluster,
        Optional<String> backup,
        Optional<String> toTime,
        Optional<String> toGtid,
        Optional<String> beforeGtid,
        Optional<String> skipGtid) {}
