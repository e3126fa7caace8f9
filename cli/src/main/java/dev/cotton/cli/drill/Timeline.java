package dev.cotton.cli.drill;

import dev.cotton.cli.writers.History;
import dev.cotton.cli.writers.Insert;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How many writes each instance acknowledged around a fault, in slots of time.
 *
 * @param begin of the first slot, counted from the fault; negative
 * @param slot how long each is
 * @param acknowledged by instance, a number for each slot; all lists are of one length
 */
record Timeline(Duration begin, Duration slot, Map<String, List<Integer>> acknowledged) {
    private static final Duration BEFORE = Duration.ofSeconds(1);
    private static final Duration AFTER_THE_GAP = Duration.ofSeconds(4);
    private static final Duration SHORTEST_SLOT = Duration.ofMillis(100);
    private static final int MOST_SLOTS = 240;

    Timeline {
        acknowledged = Collections.unmodifiableMap(new LinkedHashMap<>(acknowledged));
    }

    /** @param fault instant of {@link System#nanoTime} */
    static Timeline of(History history, long fault, History.Gap gap) {
        long begin = fault - BEFORE.toNanos();
        long end = Math.max(fault, gap.ended()) + AFTER_THE_GAP.toNanos();
        int tenths = 1 + (int) ((end - begin) / SHORTEST_SLOT.toNanos() / MOST_SLOTS);
        Duration slot = SHORTEST_SLOT.multipliedBy(tenths);
        List<Insert> writes = history.acknowledged().stream()
                .filter(insert -> insert.ended() >= begin && insert.ended() < end)
                .toList();
        int slots = (int) ((end - begin) / slot.toNanos()) + 1;
        Map<String, int[]> counts = new LinkedHashMap<>();
        writes.forEach(insert -> counts.computeIfAbsent(insert.reign().instance(), first -> new int[slots])[
                (int) ((insert.ended() - begin) / slot.toNanos())]++);
        Map<String, List<Integer>> acknowledged = new LinkedHashMap<>();
        counts.forEach((instance, each) ->
                acknowledged.put(instance, IntStream.of(each).boxed().toList()));
        return new Timeline(BEFORE.negated(), slot, acknowledged);
    }

    int slots() {
        return acknowledged.values().stream().mapToInt(List::size).max().orElse(1);
    }

    /** The most that were acknowledged in one slot by all instances together. */
    int most() {
        return IntStream.range(0, slots())
                .map(slot -> acknowledged.values().stream()
                        .mapToInt(counts -> counts.get(slot))
                        .sum())
                .max()
                .orElse(0);
    }

    /** Of the last slot, counted from the fault. */
    Duration end() {
        return begin.plus(slot.multipliedBy(slots()));
    }
}
