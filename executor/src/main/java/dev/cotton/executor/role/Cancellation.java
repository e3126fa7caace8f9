package dev.cotton.executor.role;

import java.util.Objects;
import java.util.function.Supplier;

/** Ends work that somebody else waits for. Thread-safe. */
final class Cancellation {
    private volatile String reason = "";
    private volatile Runnable statement = () -> {};

    /** The work is not to go on. */
    static final class Cancelled extends RuntimeException {
        Cancelled(String reason) {
            super(reason);
        }

        @Override
        public String getMessage() {
            return Objects.requireNonNull(super.getMessage());
        }
    }

    /** @param why a sentence; only the first one counts */
    void cancel(String why) {
        if (first(why)) {
            statement.run();
        }
    }

    private synchronized boolean first(String why) {
        boolean first = reason.isEmpty();
        reason = first ? why : reason;
        return first;
    }

    boolean cancelled() {
        return !reason.isEmpty();
    }

    /** Why; empty before that. */
    String reason() {
        return reason;
    }

    /** @throws Cancelled when it was cancelled, or this thread is interrupted */
    void check() {
        if (cancelled()) {
            throw new Cancelled(reason);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new Cancelled("The executor ends.");
        }
    }

    /** Does {@code work}; cancelling also does {@code kill} meanwhile, which ends what the work is just waiting for. */
    <T> T during(Runnable kill, Supplier<T> work) {
        statement = kill;
        try {
            check();
            T result = work.get();
            check();
            return result;
        } finally {
            statement = () -> {};
        }
    }
}
