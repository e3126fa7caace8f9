package dev.cotton.cli.writers;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a comparison of the writers' history with the rows of every member came to.
 *
 * @param lost acknowledged rows that some member does not have
 * @param doubled rows that some member has more than once
 * @param unanswered rows that are there although no writer was told so; allowed
 * @param missing how many acknowledged rows each member lacks; members that lack none are left out
 */
public record Verdict(long lost, long doubled, long unanswered, Map<String, Long> missing) {
    public Verdict {
        missing = Map.copyOf(missing);
    }

    /** Nothing that was acknowledged is lost or there twice. */
    public boolean clean() {
        return lost == 0 && doubled == 0;
    }

    /**
     * Compares.
     *
     * @param acknowledged the ids that writers were told are stored
     * @param rows the rows of every member
     */
    public static Verdict of(BitSet acknowledged, Map<String, Rows> rows) {
        BitSet lost = new BitSet();
        BitSet doubled = new BitSet();
        BitSet unanswered = new BitSet();
        Map<String, Long> missing = new TreeMap<>();
        rows.forEach((member, held) -> {
            BitSet lacking = (BitSet) acknowledged.clone();
            lacking.andNot(held.once());
            lost.or(lacking);
            doubled.or(held.again());
            BitSet more = (BitSet) held.once().clone();
            more.andNot(acknowledged);
            unanswered.or(more);
            if (!lacking.isEmpty()) {
                missing.put(member, (long) lacking.cardinality());
            }
        });
        return new Verdict(lost.cardinality(), doubled.cardinality(), unanswered.cardinality(), missing);
    }

    /** What is wrong, as sentences. */
    public List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        new TreeMap<>(missing)
                .forEach((member, count) -> complaints.add(member + " lacks " + count + " acknowledged rows"));
        if (doubled > 0) {
            complaints.add(doubled + " rows are there more than once");
        }
        return complaints;
    }

    /**
     * The ids that one member holds.
     *
     * @param once those that are there at least once
     * @param again those that are there at least twice
     */
    public record Rows(BitSet once, BitSet again) {
        public Rows() {
            this(new BitSet(), new BitSet());
        }

        /** Notes one row. */
        public void add(long id) {
            int bit = Math.toIntExact(id);
            (once.get(bit) ? again : once).set(bit);
        }
    }
}
