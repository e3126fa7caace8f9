package dev.cotton.core.control;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Knows which effects were delivered a moment ago. Whoever got one works on it, and being told again at each look would
 * only keep both sides from their work. It is told again after a while nevertheless: a primary forgets its role when its
 * mysqld is started anew. Thread-safe.
 */
public final class Deliveries {
    static final Duration AGAIN = Duration.ofMillis(500);

    private final LongSupplier clock;
    private final Map<Effect, Long> deliveredAt = Collections.synchronizedMap(new HashMap<>());

    /** @param clock monotonic, in nanoseconds */
    public Deliveries(LongSupplier clock) {
        this.clock = clock;
    }

    /**
     * Those that are to be delivered now. Every other effect is forgotten: when it is lacking another time, something has
     * happened in between.
     *
     * @param lacking all that the world lacks now
     */
    public List<Effect> due(List<Effect> lacking) {
        deliveredAt.keySet().retainAll(lacking);
        return lacking.stream().filter(this::due).toList();
    }

    private boolean due(Effect effect) {
        Long then = deliveredAt.get(effect);
        return then == null || clock.getAsLong() - then >= AGAIN.toNanos();
    }

    /** Whom it concerns has got it, and answered. */
    public void delivered(Effect effect) {
        deliveredAt.put(effect, clock.getAsLong());
    }
}
