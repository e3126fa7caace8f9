package dev.cotton.core.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Shown;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * Names an entry of a cluster's quarantine, for instance {@code 20261122T101530Z-demo-0}. Fit for the name of a file.
 *
 * @param saved when it was saved, in whole seconds
 * @param instance whose data it was saved from
 */
public record QuarantineId(Instant saved, InstanceId instance) implements Comparable<QuarantineId> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int TIME_LENGTH = 16;

    public QuarantineId {
        saved = saved.truncatedTo(ChronoUnit.SECONDS);
    }

    /** @throws IllegalArgumentException when {@code text} is no such name */
    @JsonCreator
    public static QuarantineId parse(String text) {
        try {
            Instant saved = TIME.parse(text.substring(0, Math.min(TIME_LENGTH, text.length())), Instant::from);
            if (text.startsWith("-", TIME_LENGTH)) {
                return new QuarantineId(saved, InstanceId.parse(text.substring(TIME_LENGTH + 1)));
            }
        } catch (DateTimeException | IllegalArgumentException malformed) {
            // Refused below, like one without a hyphen.
        }
        throw new IllegalArgumentException(
                "An entry of a quarantine is named <time>-<instance>, for instance 20261122T101530Z-demo-0; '"
                        + Shown.of(text) + "' is not.");
    }

    /** The oldest first. */
    @Override
    public int compareTo(QuarantineId other) {
        int byTime = saved.compareTo(other.saved);
        return byTime != 0 ? byTime : instance.compareTo(other.instance);
    }

    @JsonValue
    @Override
    public String toString() {
        return TIME.format(saved) + "-" + instance;
    }
}
