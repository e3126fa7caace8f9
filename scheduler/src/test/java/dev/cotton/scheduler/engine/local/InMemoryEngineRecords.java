package dev.cotton.scheduler.engine.local;

import dev.cotton.core.port.StateStore.DeposedException;
import dev.cotton.core.port.StateStore.OutcomeUnknownException;
import dev.cotton.scheduler.engine.EngineRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Records that outlive an engine, with the troubles that a store can have. */
final class InMemoryEngineRecords implements EngineRecords<PlacedInstance> {
    private final Map<String, PlacedInstance> stored = new ConcurrentSkipListMap<>();
    private final AtomicInteger writesToLoseTheAnswerOf = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean deposed;

    @Override
    public List<PlacedInstance> load() {
        return new ArrayList<>(stored.values());
    }

    @Override
    public void save(PlacedInstance instance) {
        checkLeads();
        stored.put(instance.id().toString(), instance);
        loseAnswer();
    }

    @Override
    public void remove(String name) {
        checkLeads();
        stored.remove(name);
        loseAnswer();
    }

    private void checkLeads() {
        if (deposed) {
            refused.incrementAndGet();
            throw new DeposedException("Another scheduler leads.");
        }
    }

    private void loseAnswer() {
        if (writesToLoseTheAnswerOf.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new OutcomeUnknownException("The connection was lost.", new IllegalStateException("cut"));
        }
    }

    /** The next {@code writes} are done, and their answers do not arrive. */
    void loseAnswers(int writes) {
        writesToLoseTheAnswerOf.set(writes);
    }

    /** How many writes of a deposed leader were refused. */
    int refused() {
        return refused.get();
    }

    /** Another leader's term begins, or ends. */
    void depose(boolean another) {
        deposed = another;
    }
}
