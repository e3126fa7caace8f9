package dev.cotton.scheduler.zookeeper;

import java.util.Optional;
import java.util.function.Consumer;

/** The term under which this scheduler leads, if it does. Thread-safe. */
final class LeaderTerm {
    private volatile Optional<Held> held = Optional.empty();
    private volatile Consumer<Held> onForfeit = forfeited -> {};

    /**
     * @param number of the term
     * @param version of the term's node: it is another one as soon as another term begins
     */
    record Held(long number, int version) {}

    Optional<Held> held() {
        return held;
    }

    void take(Held next) {
        held = Optional.of(next);
    }

    void drop() {
        held = Optional.empty();
    }

    /** Says that a write under {@code lost} found another leader's term. */
    void forfeit(Held lost) {
        onForfeit.accept(lost);
    }

    /** Told, on the thread of the writer, when another leader's term was found; must return soon. */
    void onForfeit(Consumer<Held> listener) {
        onForfeit = listener;
    }
}
