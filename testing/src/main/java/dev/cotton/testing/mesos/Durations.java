package dev.cotton.testing.mesos;

import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Durations as Mesos writes them in texts and in JSON. */
final class Durations {
    private Durations() {}

    /** In the largest unit that leaves no fraction: {@code 15mins}, {@code 5secs}, {@code 500ms}. */
    static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        if (millis >= 60_000 && millis % 60_000 == 0) {
            return duration.toMinutes() + "mins";
        }
        return duration.toSeconds() + "secs";
    }

    /** {@code {"nanoseconds": n}}. */
    static Duration read(JsonNode json, Duration otherwise) {
        return json.has("nanoseconds") ? Duration.ofNanos((long) Json.number(json, "nanoseconds", 0)) : otherwise;
    }
}
