package dev.cotton.executor.role;

import java.time.Duration;
import java.util.Objects;

/** What keeps something from being done now, in a sentence for people. It is tried again soon. */
class Obstacle extends RuntimeException {
    private static final Duration SOON = Duration.ofMillis(300);

    private final Duration pause;

    Obstacle(String sentence) {
        this(sentence, SOON);
    }

    /** @param pause before it is tried again, unless there is another order by then */
    Obstacle(String sentence, Duration pause) {
        super(sentence);
        this.pause = pause;
    }

    Obstacle(String sentence, Throwable cause) {
        this(sentence, cause, SOON);
    }

    Obstacle(String sentence, Throwable cause, Duration pause) {
        super(sentence, cause);
        this.pause = pause;
    }

    /** How long to wait before it is tried again. */
    final Duration pause() {
        return pause;
    }

    /** The sentence. */
    @Override
    public final String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
