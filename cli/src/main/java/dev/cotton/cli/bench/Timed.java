package dev.cotton.cli.bench;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One round.
 *
 * @param total from the beginning to the end
 * @param steps when each step was done, counted from the beginning, in the order of time
 */
public record Timed(Duration total, Map<String, Duration> steps) {
    public Timed {
        steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
    }
}
