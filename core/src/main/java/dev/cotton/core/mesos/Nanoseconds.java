package dev.cotton.core.mesos;

import java.time.Duration;
import java.time.Instant;

/** A span, or a time since 1970, as some fields have it. */
public record Nanoseconds(long nanoseconds) {
    public static Nanoseconds of(Duration span) {
        return new Nanoseconds(span.toNanos());
    }

    public Duration toDuration() {
        return Duration.ofNanos(nanoseconds);
    }

    public Instant toInstant() {
        return Instant.EPOCH.plusNanos(nanoseconds);
    }
}
