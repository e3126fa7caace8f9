package dev.cotton.scheduler.fleet;

import dev.cotton.scheduler.fleet.Fleet.Happened;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands events on to whoever listens. For observers only: nothing is driven by it. Thread-safe. */
final class Feed {
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    private final List<Consumer<Happened>> listeners = new CopyOnWriteArrayList<>();

    AutoCloseable subscribe(Consumer<Happened> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void publish(Happened event) {
        for (Consumer<Happened> listener : listeners) {
            try {
                listener.accept(event);
            } catch (RuntimeException failed) {
                LOG.warn("A listener failed on an event.", failed);
            }
        }
    }
}
