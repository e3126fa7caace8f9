package dev.cotton.testing.fake;

import dev.cotton.core.port.Leadership;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One scheduler's part in the election of an {@link InMemoryEnsemble}. Listeners are told on the thread that causes the
 * change. Thread-safe.
 */
public final class InMemoryLeadership implements Leadership {
    private final InMemoryEnsemble ensemble;
    private Optional<Listener> listener = Optional.empty();
    private String url = "";
    private OptionalLong held = OptionalLong.empty();

    public InMemoryLeadership(InMemoryEnsemble ensemble) {
        this.ensemble = ensemble;
    }

    /** The term that this scheduler believes to lead under. */
    synchronized OptionalLong held() {
        return held;
    }

    @Override
    public void join(String address, Listener told) {
        synchronized (this) {
            if (listener.isPresent()) {
                throw new IllegalStateException("This scheduler has joined the election already.");
            }
            listener = Optional.of(told);
            url = address;
        }
        ensemble.enqueue(this);
    }

    void won(long term) {
        Optional<Listener> told;
        synchronized (this) {
            held = OptionalLong.of(term);
            told = listener;
        }
        told.ifPresent(each -> each.elected(term));
    }

    @Override
    public Optional<String> leader() {
        return ensemble.head().map(leader -> leader.url);
    }

    /** As if this scheduler's session had ended: it is deposed and out of the election until {@link #resume}. */
    public void suspend() {
        Optional<Listener> told;
        synchronized (this) {
            told = held.isPresent() ? listener : Optional.empty();
            held = OptionalLong.empty();
        }
        told.ifPresent(Listener::deposed);
        ensemble.dequeue(this);
    }

    /** Queues up again after {@link #suspend}. */
    public void resume() {
        ensemble.enqueue(this);
    }

    /** As if this process were paused while its session ends: others lead, and it does not know. */
    public void pause() {
        ensemble.dequeue(this);
    }

    /** Whether it takes part in the election now. */
    public boolean isQueued() {
        return ensemble.isQueued(this);
    }

    @Override
    public void close() {
        suspend();
    }
}
