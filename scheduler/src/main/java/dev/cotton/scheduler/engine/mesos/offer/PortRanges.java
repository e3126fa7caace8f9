package dev.cotton.scheduler.engine.mesos.offer;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Ports that an agent offers, in ranges that do not overlap. */
public record PortRanges(List<Range> ranges) {
    /** @param last inclusive */
    public record Range(int first, int last) {
        public Range {
            if (first < 0 || last > 65_535 || last < first) {
                throw new IllegalArgumentException("There are no ports " + first + " to " + last + ".");
            }
        }
    }

    public PortRanges {
        ranges = List.copyOf(ranges);
    }

    int count() {
        return ranges.stream()
                .mapToInt(range -> range.last() - range.first() + 1)
                .sum();
    }

    /**
     * Picks ports, those after the first {@code skipped} of all that are not taken, then from the beginning.
     *
     * @return as many as there are, when there are fewer than {@code count}
     */
    List<Integer> pick(Set<Integer> taken, int skipped, int count) {
        int[] left = ranges.stream()
                .flatMapToInt(range -> IntStream.rangeClosed(range.first(), range.last()))
                .filter(port -> !taken.contains(port))
                .toArray();
        return IntStream.range(0, Math.min(count, left.length))
                .mapToObj(number -> left[(skipped + number) % left.length])
                .toList();
    }
}
