package dev.cotton.core.wire;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.Stamp;
import java.util.Optional;

/**
 * {@code PUT /v1/backup}: an executor copies the data of its instance into a store. Taken by a replica that follows, or by
 * the primary of a cluster of one. How it goes is in {@link Status#backup}; an order with the same id, given again, is the
 * same order. An executor does one at a time, keeps none over its own restart, and gives up when it is told another role.
 *
 * @param stamp refused when it is lower than the highest seen; does not count as seen
 * @param key a secret, never written to disk
 * @param throttle the most of the copy that is read in a second; clients and replication are not slowed down by more
 */
public record BackupOrder(Stamp stamp, BackupPlace place, DataKey key, Optional<DataSize> throttle) {
    public BackupId id() {
        return place.id();
    }
}
