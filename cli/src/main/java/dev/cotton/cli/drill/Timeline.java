package dev.cotton.cli.drill;

import dev.cotton.cli.writers.History;
import dev.cotton.cli.writers.Insert;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many writes each instance acknowledged in each tenth of a second around a fault.
 *
 * @param begin of the first slot, counted from the fault; negative
 * @param acknowledged by instance, a number for each slot; all lists are of one length
 */
record Timeline(Duration begin, Map<String, List<Integer>> acknowledged) {
    static final Duration SLOT = Duration.ofMillis(100);
    private static final Duration BEFORE = Duration.ofSeconds(1);
    private static final Duration AFTER = Duration.ofSeconds(20);

    Timeline {
        acknowledged = Collections.unmodifiableMap(new LinkedHashMap<>(acknowledged));
    }

    /** @param fault instant of {@link System#nanoTime} */
    static Timeline of(History history, long fault) {
        long begin = fault - BEFORE.toNanos();
        List<Insert> writes = history.acknowledged().stream()
                .filter(insert -> insert.ended() >= begin && insert.ended() < fault + AFTER.toNanos())
                .toList();
        int slots = writes.isEmpty() ? 0 : slot(writes.getLast(), begin) + 1;
        Map<String, int[]> counts = new LinkedHashMap<>();
        writes.forEach(insert ->
                counts.computeIfAbsent(insert.reign().instance(), first -> new int[slots])[slot(insert, begin)]++);
        Map<String, List<Integer>> acknowledged = new LinkedHashMap<>();
        counts.forEach((instance, each) -> acknowledged.put(instance, List.copyOf(boxed(each))));
        return new Timeline(BEFORE.negated(), acknowledged);
    }

    private static int slot(Insert insert, long begin) {
        return (int) ((insert.ended() - begin) / SLOT.toNanos());
    }

    private static List<Integer> boxed(int... numbers) {
        List<Integer> boxed = new ArrayList<>();
        Arrays.stream(numbers).forEach(boxed::add);
        return boxed;
    }

    int slots() {
        return acknowledged.values().stream().mapToInt(List::size).max().orElse(0);
    }
}
