package dev.cotton.core.wire;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.cotton.core.model.GtidSet;
import java.time.Instant;

/**
 * What is done again after a backup was restored: the transactions of an archive up to a target, each in its place, with its
 * GTID.
 *
 * @param key of the archive; a secret; its {@code id} and {@code wrapped} do not matter
 * @param skip transactions that are left out: empty ones bear their GTIDs
 */
public record Replay(ArchivePlace archive, DataKey key, Target target, GtidSet skip) {
    /** Where it ends. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "to")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Latest.class, name = "latest"),
        @JsonSubTypes.Type(value = Time.class, name = "time"),
        @JsonSubTypes.Type(value = Through.class, name = "through"),
        @JsonSubTypes.Type(value = Before.class, name = "before")
    })
    public sealed interface Target {}

    /** All that is archived when the restore begins. */
    public record Latest() implements Target {}

    /** What comes before the first transaction that was committed later than {@code instant}, by the clock of its primary. */
    public record Time(Instant instant) implements Target {}

    /** Up to that transaction, with it. */
    public record Through(GtidSet gtid) implements Target {
        public Through {
            requireOne(gtid);
        }
    }

    /** Up to that transaction, without it. */
    public record Before(GtidSet gtid) implements Target {
        public Before {
            requireOne(gtid);
        }
    }

    private static void requireOne(GtidSet gtid) {
        if (gtid.count() != 1) {
            throw new IllegalArgumentException("gtid: one transaction, not '" + gtid + "'.");
        }
    }
}
