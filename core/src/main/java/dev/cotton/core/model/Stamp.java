package dev.cotton.core.model;

import java.util.Comparator;

/**
 * What orders every command: the leader's term, the cluster's epoch, the record's version. An executor keeps the
 * highest that it has seen on disk and refuses lower ones.
 *
 * @param term counts scheduler leaders
 * @param epoch counts the primaries of one cluster
 * @param version counts the writes of the cluster's record
 */
public record Stamp(long term, long epoch, long version) implements Comparable<Stamp> {
    /** Lower than every stamp that a scheduler gives. */
    public static final Stamp NONE = new Stamp(0, 0, 0);

    private static final Comparator<Stamp> ORDER = Comparator.comparingLong(Stamp::term)
            .thenComparingLong(Stamp::epoch)
            .thenComparingLong(Stamp::version);

    @Override
    public int compareTo(Stamp other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return term + "/" + epoch + "/" + version;
    }
}
