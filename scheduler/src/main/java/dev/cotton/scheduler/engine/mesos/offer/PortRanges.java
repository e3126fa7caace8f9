package dev.cotton.scheduler.engine.mesos.offer;

import java.util.List;
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

    /** @return {@code count} ports after the first {@code skipped}, or as many as there are */
    List<Integer> pick(int skipped, int count) {
        return ranges.stream()
                .flatMapToInt(range -> IntStream.rangeClosed(range.first(), range.last()))
                .skip(skipped)
                .limit(count)
                .boxed()
                .toList();
    }
}
