package dev.cotton.core.wire;

import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.RestoreTarget;

/**
 * What is done again after a backup was restored: the transactions of an archive up to a target, each in its place, with its
 * GTID.
 *
 * @param key of the archive; a secret; its {@code id} and {@code wrapped} do not matter
 * @param skip transactions that are left out: empty ones bear their GTIDs
 */
public record Replay(ArchivePlace archive, DataKey key, RestoreTarget target, GtidSet skip) {}
