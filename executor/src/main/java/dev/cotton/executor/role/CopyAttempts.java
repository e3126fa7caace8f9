package dev.cotton.executor.role;

import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.Setup;
import dev.cotton.executor.server.Backoff;
import java.time.Duration;
import java.util.Optional;

/**
 * Spaces attempts to copy data from elsewhere: one that failed for want of room would only load the donor or the store again
 * and again. The status says why it failed. For the reconciler's thread.
 */
final class CopyAttempts {
    private final StatusBoard board;
    private Optional<Setup.DataSource> tried = Optional.empty();
    private Backoff backoff = Backoff.NONE;
    private String failure = "";
    private long notBefore = System.nanoTime();

    /** One attempt. */
    interface Copy {
        /** @throws Obstacle when it did not succeed */
        void make() throws InterruptedException;
    }

    CopyAttempts(StatusBoard board) {
        this.board = board;
    }

    /**
     * @param what is copied, for people
     * @throws Obstacle when {@code copy} failed, or when it is too soon after that to try it again
     */
    void attempt(Setup.DataSource source, String what, Copy copy) throws InterruptedException {
        if (!tried.equals(Optional.of(source))) {
            tried = Optional.of(source);
            backoff = Backoff.NONE;
            notBefore = System.nanoTime();
        }
        Duration left = Duration.ofNanos(notBefore - System.nanoTime());
        if (left.isPositive()) {
            throw new Obstacle(failure, left);
        }
        say("Copying " + what + ".");
        try {
            copy.make();
            tried = Optional.empty();
        } catch (Obstacle failed) {
            backoff = backoff.after(Duration.ZERO);
            notBefore = System.nanoTime() + backoff.pause().toNanos();
            failure = "A copy of " + what + " was not made, and is tried again: " + failed.getMessage();
            say(failure);
            throw new Obstacle(failure, failed, failed.pause());
        }
    }

    private void say(String detail) {
        board.update(picture -> picture.withLifecycle(Lifecycle.PREPARING, detail));
    }
}
