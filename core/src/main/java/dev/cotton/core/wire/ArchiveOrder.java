package dev.cotton.core.wire;

import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.Stamp;

/**
 * {@code PUT /v1/archive}: the executor of the primary copies the binary logs of its server into a store, as they are written. It
 * begins with what the archive lacks, and ends by itself when the instance is not the primary any more; only {@code DELETE}
 * lets the server purge again what is not archived. How it goes is in {@link Status#archive}. Another order takes the place of
 * the former one; the same one, given again, changes nothing. It is not kept over a restart of the executor: give it again
 * whenever {@link Status#archive} is absent on the primary.
 *
 * @param stamp refused when it is lower than the highest seen; does not count as seen
 * @param key of this archive, the same for its whole life; a secret, never written to disk
 * @param base what need not be archived: the transactions of the oldest backup that is to be replayed from
 */
public record ArchiveOrder(Stamp stamp, ArchivePlace place, DataKey key, GtidSet base) {
    /** Whether it asks for the same, whoever gives it. */
    public boolean sameAs(ArchiveOrder other) {
        return place.equals(other.place) && key.equals(other.key) && base.equals(other.base);
    }
}
