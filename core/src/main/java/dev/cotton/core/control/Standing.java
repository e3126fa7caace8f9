package dev.cotton.core.control;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.Stamp;
import java.time.Duration;

/**
 * Remembers for how long a record has stood as it is, as far as this leader knows: what limits are counted from. For one
 * thread.
 */
public final class Standing {
    private Stamp stamp = Stamp.NONE;
    private Duration since = Duration.ZERO;

    /**
     * @param stamp of the record
     * @param time that it has stood; counts for that stamp only
     */
    public record Span(Stamp stamp, Duration time) {
        /** For records that were never seen before. */
        public static final Span NONE = new Span(Stamp.NONE, Duration.ZERO);
    }

    /** @param now of a monotonic clock, always the same one */
    public Span span(ClusterRecord record, Duration now) {
        if (!record.stamp().equals(stamp)) {
            stamp = record.stamp();
            since = now;
        }
        return new Span(stamp, now.minus(since));
    }
}
