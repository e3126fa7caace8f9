package dev.cotton.scheduler.fleet;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.wire.QuarantineEntry;
import dev.cotton.core.wire.QuarantineId;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is saved of live clusters: transactions of data that were given up, kept where the cluster's executors run. Every
 * call asks these executors, and throws {@link Refusal} as those of {@link Fleet} do. Thread-safe.
 */
public interface Quarantine {
    /**
     * @param entries of all executors that answered, the oldest first
     * @param unasked who gave no answer, and why: there may be more
     */
    record Gathered(List<QuarantineEntry> entries, Map<InstanceId, String> unasked) {
        public Gathered {
            entries = List.copyOf(entries);
            unasked = Collections.unmodifiableMap(new TreeMap<>(unasked));
        }
    }

    /**
     * @param bytes how many {@code content} gives
     * @param content fetched piece by piece while it is read; a read fails with an unchecked exception when an executor
     *     gives no answer on the way
     */
    record Text(long bytes, InputStream content) {}

    /** All entries of a cluster. */
    Gathered of(ClusterName name);

    QuarantineEntry entry(ClusterName name, QuarantineId id);

    /**
     * The text of an entry, from {@code offset} on and at most {@code limit} bytes of it; whatever bytes users have written
     * are in it as they are.
     */
    Text text(ClusterName name, QuarantineId id, long offset, long limit);

    /** Destroys an entry, for ever, and has an event say so. Gives what it was. */
    QuarantineEntry discard(ClusterName name, QuarantineId id);
}
