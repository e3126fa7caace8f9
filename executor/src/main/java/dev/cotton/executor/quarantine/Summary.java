package dev.cotton.executor.quarantine;

import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.Incarnation;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.wire.QuarantineEntry;
import dev.cotton.core.wire.QuarantineEntry.Rows;
import dev.cotton.core.wire.QuarantineId;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known of the text beside it.
 *
 * @param data the life of the data that the transactions were in
 * @param errant the transactions
 * @param rows what they did to rows, by table ({@code schema.table})
 * @param statements how many other statements there are among them, by their first two words
 * @param first when the earliest of them was committed, by the clock of its host
 * @param last when the latest of them was committed
 * @param bytes how long the text was when it was saved
 */
record Summary(
        InstanceId instance,
        Incarnation data,
        GtidSet errant,
        long transactions,
        Map<String, Rows> rows,
        Map<String, Long> statements,
        Optional<Instant> first,
        Optional<Instant> last,
        Instant saved,
        long bytes) {
    Summary {
        rows = Collections.unmodifiableMap(new TreeMap<>(rows));
        statements = Collections.unmodifiableMap(new TreeMap<>(statements));
    }

    /** @param length of the text now */
    QuarantineEntry entry(QuarantineId id, long length) {
        return new QuarantineEntry(id, errant, transactions, rows, statements, first, last, length, length == bytes);
    }
}
