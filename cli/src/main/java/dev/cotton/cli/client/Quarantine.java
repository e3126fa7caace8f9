package dev.cotton.cli.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is saved of a cluster.
 *
 * @param entries the oldest first
 * @param unasked whose executors gave no answer: there may be more
 */
public record Quarantine(List<Entry> entries, List<Unasked> unasked) {
    public Quarantine {
        entries = List.copyOf(entries);
        unasked = List.copyOf(unasked);
    }

    /**
     * Transactions that nobody else had, saved when the data that they were in were given up.
     *
     * @param instance whose data these were
     * @param statements how many statements there are besides changes of rows, by their first two words
     * @param firstCommit by the clock of its host
     * @param bytes how long their text is
     * @param complete whether the text is as long as when it was saved
     */
    public record Entry(
            String id,
            String instance,
            Instant savedAt,
            String gtids,
            long transactions,
            List<Rows> rows,
            Map<String, Long> statements,
            Optional<Instant> firstCommit,
            Optional<Instant> lastCommit,
            long bytes,
            boolean complete) {
        public Entry {
            rows = List.copyOf(rows);
            statements = Map.copyOf(statements);
        }

        /** How many rows of all tables were changed. */
        public long changedRows() {
            return rows.stream().mapToLong(Rows::changed).sum();
        }
    }

    /**
     * What they did to the rows of a table.
     *
     * @param table {@code schema.table}
     */
    public record Rows(String table, long inserted, long updated, long deleted) {
        long changed() {
            return inserted + updated + deleted;
        }
    }

    /** An instance whose executor gave no answer. */
    public record Unasked(String instance, String why) {}
}
