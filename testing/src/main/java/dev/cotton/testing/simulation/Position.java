package dev.cotton.testing.simulation;

import dev.cotton.core.model.GtidSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far a log reaches: of each server that wrote, the number of its last commit that is in it. Commits of one server
 * are logged and received in order, so that a log has no gaps.
 */
final class Position {
    static final Position START = new Position(new TreeMap<>());

    private final SortedMap<Integer, Long> last;
    private Optional<GtidSet> gtids = Optional.empty();

    private Position(SortedMap<Integer, Long> last) {
        this.last = last;
    }

    /** This log with one more commit, or with all commits up to it. */
    Position with(int writer, long commit) {
        SortedMap<Integer, Long> next = new TreeMap<>(last);
        next.merge(writer, commit, Math::max);
        return new Position(next);
    }

    Position union(Position other) {
        if (contains(other)) {
            return this;
        }
        SortedMap<Integer, Long> next = new TreeMap<>(last);
        other.last.forEach((writer, commit) -> next.merge(writer, commit, Math::max));
        return new Position(next);
    }

    /** This log without what {@code writer} has written after {@code commit}. */
    Position upTo(int writer, long commit) {
        SortedMap<Integer, Long> next = new TreeMap<>(last);
        if (commit == 0) {
            next.remove(writer);
        } else {
            next.put(writer, commit);
        }
        return new Position(next);
    }

    /** About half of what this log has beyond {@code other}, of each server from the first one on. */
    Position halfway(Position other) {
        SortedMap<Integer, Long> next = new TreeMap<>();
        last.forEach((writer, commit) -> {
            long before = other.commits(writer);
            next.put(writer, commit <= before ? commit : before + (commit - before) / 2);
        });
        next.values().removeIf(commit -> commit == 0);
        return new Position(next);
    }

    /** Whether everything in {@code other} is in this log. */
    boolean contains(Position other) {
        for (Map.Entry<Integer, Long> entry : other.last.entrySet()) {
            if (commits(entry.getKey()) < entry.getValue()) {
                return false;
            }
        }
        return true;
    }

    /** The number of {@code writer}'s last commit in this log; 0 for none. */
    long commits(int writer) {
        return last.getOrDefault(writer, 0L);
    }

    GtidSet gtids() {
        if (gtids.isEmpty()) {
            StringBuilder text = new StringBuilder();
            last.forEach((writer, commit) -> text.append(text.isEmpty() ? "" : ",")
                    .append(uuid(writer))
                    .append(":1-")
                    .append(commit));
            gtids = Optional.of(GtidSet.parse(text.toString()));
        }
        return gtids.orElseThrow();
    }

    /** The server UUID of the server that has this number. */
    static String uuid(int writer) {
        return HexFormat.of().toHexDigits(writer + 1) + "-0000-0000-0000-000000000000";
    }

    @Override
    public String toString() {
        return last.toString();
    }
}
