package dev.cotton.executor.quarantine;

import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.Incarnation;
import dev.cotton.core.model.InstanceId;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a quarantine folder holds.
 *
 * @param data the life of the data that the transactions were in
 * @param errant the transactions
 * @param rows how many rows they changed, by table ({@code schema.table})
 * @param statements how many other statements there are among them, by their first two words
 * @param first when the earliest of them was committed, by the clock of its host
 * @param last when the latest of them was committed
 */
public record Summary(
        InstanceId instance,
        Incarnation data,
        GtidSet errant,
        long transactions,
        Map<String, Long> rows,
        Map<String, Long> statements,
        Optional<Instant> first,
        Optional<Instant> last,
        Instant saved) {
    public Summary {
        rows = Collections.unmodifiableMap(new TreeMap<>(rows));
        statements = Collections.unmodifiableMap(new TreeMap<>(statements));
    }
}
