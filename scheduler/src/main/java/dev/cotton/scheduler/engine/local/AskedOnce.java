package dev.cotton.scheduler.engine.local;

import dev.cotton.core.wire.ExecutorConfig.Programs;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks until there is an answer, one caller at a time, and remembers it. Thread-safe. */
final class AskedOnce implements Supplier<Programs> {
    private final Supplier<Programs> source;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable Programs answer;

    AskedOnce(Supplier<Programs> source) {
        this.source = source;
    }

    @Override
    public Programs get() {
        Programs known = answer;
        if (known != null) {
            return known;
        }
        asking.lock();
        try {
            Programs found = answer != null ? answer : source.get();
            answer = found;
            return found;
        } finally {
            asking.unlock();
        }
    }
}
