package dev.cotton.executor.role;

import java.util.Objects;

/** What keeps something from being done now, in a sentence for people. It is tried again soon. */
class Obstacle extends RuntimeException {
    Obstacle(String sentence) {
        super(sentence);
    }

    Obstacle(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /** The sentence. */
    @Override
    public final String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
