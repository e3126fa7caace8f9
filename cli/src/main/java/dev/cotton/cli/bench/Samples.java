package dev.cotton.cli.bench;

import java.time.Duration;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How long the rounds of one measurement took.
 *
 * @param rounds at least one, in the order of time
 */
public record Samples(List<Duration> rounds) {
    private static final double NANOS = 1e9;

    public Samples {
        rounds = List.copyOf(rounds);
        if (rounds.isEmpty()) {
            throw new IllegalArgumentException("There is nothing to say about no rounds.");
        }
    }

    /** The middle one; of an even number the mean of the two in the middle. */
    public Duration median() {
        List<Duration> sorted = rounds.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : sorted.get(middle - 1).plus(sorted.get(middle)).dividedBy(2);
    }

    /** The smallest that at least 95 of 100 rounds did not exceed. */
    public Duration p95() {
        return percentile(95);
    }

    /** The smallest that at least 99 of 100 rounds did not exceed. */
    Duration p99() {
        return percentile(99);
    }

    private Duration percentile(int percent) {
        return rounds.stream().sorted().toList().get((int) Math.ceil(rounds.size() * percent / 100.0) - 1);
    }

    public Duration max() {
        return rounds.stream().max(Duration::compareTo).orElseThrow();
    }

    /** How many times as long as {@code other}, by the medians. */
    double ratioTo(Samples other) {
        return seconds(median()) / seconds(other.median());
    }

    public ObjectNode json() {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("medianSeconds", rounded(median()))
                .put("p95Seconds", rounded(p95()))
                .put("maxSeconds", rounded(max()));
        ArrayNode all = json.putArray("seconds");
        rounds.forEach(round -> all.add(rounded(round)));
        return json;
    }

    public static double seconds(Duration span) {
        return span.toNanos() / NANOS;
    }

    /** In seconds, to a millisecond. */
    public static double rounded(Duration span) {
        return span.toMillis() / 1000.0;
    }
}
