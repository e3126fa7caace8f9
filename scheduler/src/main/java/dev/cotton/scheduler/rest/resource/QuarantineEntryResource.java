package dev.cotton.scheduler.rest.resource;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Transactions that nobody else had, saved when the data that they were in were given up.
 *
 * @param instance whose data these were
 * @param gtids exactly these transactions
 * @param transactions how many
 * @param statements how many statements there are besides changes of rows, by their first two words
 * @param firstCommit when the earliest of them was committed, by the clock of its host
 * @param lastCommit when the latest of them was committed
 * @param bytes how long their text is
 * @param complete whether the text is as long as when it was saved, and what is said here of it can be relied on
 */
public record QuarantineEntryResource(
        String id,
        String cluster,
        String instance,
        Instant savedAt,
        String gtids,
        long transactions,
        List<ChangedRowsResource> rows,
        Map<String, Long> statements,
        Optional<Instant> firstCommit,
        Optional<Instant> lastCommit,
        long bytes,
        boolean complete) {}
