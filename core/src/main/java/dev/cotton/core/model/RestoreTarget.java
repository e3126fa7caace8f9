package dev.cotton.core.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/** Where the transactions end that are done again after a backup was restored. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "to")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RestoreTarget.Latest.class, name = "latest"),
    @JsonSubTypes.Type(value = RestoreTarget.Time.class, name = "time"),
    @JsonSubTypes.Type(value = RestoreTarget.Through.class, name = "through"),
    @JsonSubTypes.Type(value = RestoreTarget.Before.class, name = "before")
})
public sealed interface RestoreTarget {
    /** All that is archived when the restore begins. */
    record Latest() implements RestoreTarget {}

    /** What comes before the first transaction that was committed later than {@code instant}, by the clock of its primary. */
    record Time(Instant instant) implements RestoreTarget {}

    /** Up to that transaction, with it. */
    record Through(GtidSet gtid) implements RestoreTarget {
        public Through {
            requireOne(gtid);
        }
    }

    /** Up to that transaction, without it. */
    record Before(GtidSet gtid) implements RestoreTarget {
        public Before {
            requireOne(gtid);
        }
    }

    private static void requireOne(GtidSet gtid) {
        if (gtid.count() != 1) {
            throw new IllegalArgumentException("one transaction is meant, not '" + gtid + "'.");
        }
    }
}
