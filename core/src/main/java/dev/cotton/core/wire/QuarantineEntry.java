package dev.cotton.core.wire;

import dev.cotton.core.model.GtidSet;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Transactions that nobody else had, saved from data that were given up.
 *
 * @param errant exactly these transactions
 * @param rows what they did to rows, by table ({@code schema.table})
 * @param statements how many other statements there are among them, by their first two words
 * @param first when the earliest of them was committed, by the clock of its host
 * @param last when the latest of them was committed
 * @param bytes how long their text is
 * @param complete whether the text is as long as when it was saved; false, with nothing known of the transactions, also
 *     when the summary cannot be read
 */
public record QuarantineEntry(
        QuarantineId id,
        GtidSet errant,
        long transactions,
        Map<String, Rows> rows,
        Map<String, Long> statements,
        Optional<Instant> first,
        Optional<Instant> last,
        long bytes,
        boolean complete) {
    public QuarantineEntry {
        rows = Collections.unmodifiableMap(new TreeMap<>(rows));
        statements = Collections.unmodifiableMap(new TreeMap<>(statements));
    }

    /** One of which nothing is known but that it is there. */
    public static QuarantineEntry unreadable(QuarantineId id, long bytes) {
        return new QuarantineEntry(
                id, GtidSet.EMPTY, 0, Map.of(), Map.of(), Optional.empty(), Optional.empty(), bytes, false);
    }

    /** How many rows of a table were changed, and how. */
    public record Rows(long inserted, long updated, long deleted) {
        public static final Rows NONE = new Rows(0, 0, 0);

        /** Both together. */
        public Rows plus(Rows more) {
            return new Rows(inserted + more.inserted, updated + more.updated, deleted + more.deleted);
        }
    }
}
