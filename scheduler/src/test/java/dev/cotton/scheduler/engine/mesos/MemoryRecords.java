package dev.cotton.scheduler.engine.mesos;

import dev.cotton.scheduler.engine.EngineRecords;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;

/** Records that outlive an engine. Thread-safe. */
final class MemoryRecords<R> implements EngineRecords<R> {
    private final Map<String, R> stored = new ConcurrentSkipListMap<>();
    private final Function<R, String> name;

    MemoryRecords(Function<R, String> name) {
        this.name = name;
    }

    Optional<R> find(String wanted) {
        return Optional.ofNullable(stored.get(wanted));
    }

    @Override
    public List<R> load() {
        return List.copyOf(stored.values());
    }

    @Override
    public void save(R record) {
        stored.put(name.apply(record), record);
    }

    @Override
    public void remove(String wanted) {
        stored.remove(wanted);
    }
}
