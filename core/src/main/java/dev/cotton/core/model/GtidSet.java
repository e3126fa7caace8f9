package dev.cotton.core.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A set of global transaction identifiers, in MySQL's notation: {@code uuid:1-5:7,uuid:tag:3}. Tags exist from MySQL
 * 8.3 on. Source: MySQL Reference Manual, "GTID Format and Storage".
 */
public final class GtidSet {
    public static final GtidSet EMPTY = new GtidSet(new TreeMap<>());

    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern TAG = Pattern.compile("[a-z_][a-z0-9_]{0,31}");
    private static final Pattern INTERVAL = Pattern.compile("[0-9]{1,18}(-[0-9]{1,18})?");

    /** A run of transaction numbers, both ends included. */
    private record Interval(long first, long last) {}

    /** By {@code uuid} or {@code uuid:tag}; intervals are sorted, apart and not empty. */
    private final SortedMap<String, List<Interval>> bySource;

    private GtidSet(SortedMap<String, List<Interval>> bySource) {
        this.bySource = Collections.unmodifiableSortedMap(bySource);
    }

    /**
     * Reads MySQL's notation; white space and line breaks are allowed around parts, as servers print them.
     *
     * @throws IllegalArgumentException when {@code text} is not a GTID set
     */
    @JsonCreator
    public static GtidSet parse(String text) {
        SortedMap<String, List<Interval>> all = new TreeMap<>();
        for (String part :
                SPACE.matcher(text).replaceAll("").toLowerCase(Locale.ROOT).split(",", -1)) {
            if (!part.isEmpty()) {
                readSource(part, all);
            }
        }
        all.replaceAll((source, intervals) -> normalised(intervals));
        return new GtidSet(all);
    }

    private static void readSource(String part, SortedMap<String, List<Interval>> into) {
        String[] fields = part.split(":", -1);
        if (!UUID.matcher(fields[0]).matches() || fields.length < 2) {
            throw malformed(part);
        }
        String source = fields[0];
        for (int i = 1; i < fields.length; i++) {
            if (TAG.matcher(fields[i]).matches()) {
                source = fields[0] + ":" + fields[i];
            } else if (INTERVAL.matcher(fields[i]).matches()) {
                into.computeIfAbsent(source, key -> new ArrayList<>()).add(interval(fields[i], part));
            } else {
                throw malformed(part);
            }
        }
    }

    private static Interval interval(String text, String part) {
        int dash = text.indexOf('-');
        long first = Long.parseLong(dash < 0 ? text : text.substring(0, dash));
        long last = dash < 0 ? first : Long.parseLong(text.substring(dash + 1));
        if (first < 1 || last < first) {
            throw malformed(part);
        }
        return new Interval(first, last);
    }

    private static IllegalArgumentException malformed(String part) {
        return new IllegalArgumentException("'" + Shown.of(part) + "' is not a GTID set.");
    }

    private static List<Interval> normalised(List<Interval> intervals) {
        List<Interval> sorted = new ArrayList<>(intervals);
        sorted.sort((a, b) -> Long.compare(a.first, b.first));
        List<Interval> merged = new ArrayList<>();
        for (Interval next : sorted) {
            Interval previous = merged.isEmpty() ? null : merged.getLast();
            if (previous != null && next.first <= previous.last + 1) {
                merged.set(merged.size() - 1, new Interval(previous.first, Math.max(previous.last, next.last)));
            } else {
                merged.add(next);
            }
        }
        return List.copyOf(merged);
    }

    public boolean isEmpty() {
        return bySource.isEmpty();
    }

    /** How many transactions the set names. */
    public long count() {
        return bySource.values().stream()
                .flatMap(List::stream)
                .mapToLong(interval -> interval.last - interval.first + 1)
                .sum();
    }

    /** Those that the server with the UUID {@code server} wrote, tagged ones too. */
    public GtidSet of(String server) {
        SortedMap<String, List<Interval>> own = new TreeMap<>(bySource);
        own.keySet().removeIf(source -> !source.equals(server) && !source.startsWith(server + ":"));
        return new GtidSet(own);
    }

    public GtidSet union(GtidSet other) {
        SortedMap<String, List<Interval>> all = new TreeMap<>(bySource);
        other.bySource.forEach((source, intervals) -> all.merge(source, intervals, (mine, theirs) -> {
            List<Interval> both = new ArrayList<>(mine);
            both.addAll(theirs);
            return normalised(both);
        }));
        return new GtidSet(all);
    }

    /** What is in this set and not in {@code other}. */
    public GtidSet minus(GtidSet other) {
        SortedMap<String, List<Interval>> rest = new TreeMap<>();
        bySource.forEach((source, intervals) -> {
            List<Interval> left = intervals;
            for (Interval cut : other.bySource.getOrDefault(source, List.of())) {
                left = left.stream()
                        .flatMap(interval -> without(interval, cut).stream())
                        .toList();
            }
            if (!left.isEmpty()) {
                rest.put(source, left);
            }
        });
        return new GtidSet(rest);
    }

    private static List<Interval> without(Interval interval, Interval cut) {
        List<Interval> left = new ArrayList<>(2);
        if (interval.first < cut.first) {
            left.add(new Interval(interval.first, Math.min(interval.last, cut.first - 1)));
        }
        if (interval.last > cut.last) {
            left.add(new Interval(Math.max(interval.first, cut.last + 1), interval.last));
        }
        return left;
    }

    /** Whether every transaction of {@code other} is in this set. */
    public boolean contains(GtidSet other) {
        for (Map.Entry<String, List<Interval>> entry : other.bySource.entrySet()) {
            List<Interval> mine = bySource.getOrDefault(entry.getKey(), List.of());
            if (!entry.getValue().stream().allMatch(interval -> covered(interval, mine))) {
                return false;
            }
        }
        return true;
    }

    private static boolean covered(Interval interval, List<Interval> by) {
        for (Interval one : by) {
            if (one.first <= interval.first && one.last >= interval.last) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GtidSet set && bySource.equals(set.bySource);
    }

    @Override
    public int hashCode() {
        return bySource.hashCode();
    }

    /** MySQL's notation, sources in order; the empty set is the empty string. */
    @JsonValue
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, List<Interval>> entry : bySource.entrySet()) {
            text.append(text.isEmpty() ? "" : ",").append(entry.getKey());
            for (Interval interval : entry.getValue()) {
                text.append(':').append(interval.first);
                if (interval.last > interval.first) {
                    text.append('-').append(interval.last);
                }
            }
        }
        return text.toString();
    }
}
