package dev.cotton.scheduler.engine.mesos;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Tasks that the master speaks of and no record knows. Not thread-safe. */
final class Orphans {
    private final LongSupplier nanos;
    private final Map<String, Long> since = new HashMap<>();

    /** @param nanos a monotonic clock */
    Orphans(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void heard(String task) {
        since.putIfAbsent(task, nanos.getAsLong());
    }

    /** It has ended, or somebody knows it. */
    void settled(String task) {
        since.remove(task);
    }

    void forget() {
        since.clear();
    }

    /** Those that nobody has known for {@code grace}, each again after another {@code grace}. */
    List<String> due(Duration grace) {
        long now = nanos.getAsLong();
        List<String> due = since.entrySet().stream()
                .filter(orphan -> now - orphan.getValue() > grace.toNanos())
                .map(Map.Entry::getKey)
                .toList();
        due.forEach(task -> since.put(task, now));
        return due;
    }
}
