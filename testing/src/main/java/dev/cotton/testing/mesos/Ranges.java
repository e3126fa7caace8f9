package dev.cotton.testing.mesos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Disjoint ranges of whole numbers in order, such as ports. */
record Ranges(List<Range> ranges) implements Quantity {

    record Range(long begin, long end) {}

    static Ranges of(List<Range> any) {
        List<Range> joined = new ArrayList<>();
        for (Range each :
                any.stream().sorted(Comparator.comparingLong(Range::begin)).toList()) {
            Range last = joined.isEmpty() ? null : joined.getLast();
            if (last != null && each.begin() <= last.end() + 1) {
                joined.set(joined.size() - 1, new Range(last.begin(), Math.max(last.end(), each.end())));
            } else {
                joined.add(each);
            }
        }
        return new Ranges(List.copyOf(joined));
    }

    /** Reads what {@link #text} writes, with or without spaces. */
    static Ranges parse(String text) {
        return of(Stream.of(text.substring(1, text.length() - 1).split(", ?", -1))
                .map(each -> each.split("-", 2))
                .map(each -> new Range(Long.parseLong(each[0]), Long.parseLong(each[1])))
                .toList());
    }

    @Override
    public Quantity plus(Quantity other) {
        List<Range> all = new ArrayList<>(ranges);
        all.addAll(rangesOf(other));
        return of(all);
    }

    @Override
    public Quantity minus(Quantity other) {
        List<Range> left = ranges;
        for (Range taken : rangesOf(other)) {
            left = left.stream().flatMap(each -> without(each, taken).stream()).toList();
        }
        return new Ranges(left);
    }

    @Override
    public boolean contains(Quantity other) {
        return rangesOf(other).stream()
                .allMatch(wanted ->
                        ranges.stream().anyMatch(each -> each.begin() <= wanted.begin() && wanted.end() <= each.end()));
    }

    @Override
    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    @Override
    public String text() {
        return ranges.stream().map(each -> each.begin() + "-" + each.end()).collect(Collectors.joining(", ", "[", "]"));
    }

    @Override
    public void writeTo(ObjectNode resource) {
        resource.put("type", "RANGES")
                .set(
                        "ranges",
                        Json.object(
                                "range",
                                Json.array(ranges.stream()
                                        .map(each -> Json.object()
                                                .put("begin", each.begin())
                                                .put("end", each.end()))
                                        .toList())));
    }

    private static List<Range> rangesOf(Quantity other) {
        return other instanceof Ranges some ? some.ranges() : List.of();
    }

    private static List<Range> without(Range range, Range taken) {
        if (taken.end() < range.begin() || range.end() < taken.begin()) {
            return List.of(range);
        }
        List<Range> left = new ArrayList<>();
        if (range.begin() < taken.begin()) {
            left.add(new Range(range.begin(), taken.begin() - 1));
        }
        if (taken.end() < range.end()) {
            left.add(new Range(taken.end() + 1, range.end()));
        }
        return left;
    }
}
