package dev.cotton.cli.bench;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A wait by looking again and again, up to a limit. For one thread. */
final class Deadline {
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Duration limit;
    private final long end;

    private Deadline(Duration limit) {
        this.limit = limit;
        this.end = System.nanoTime() + limit.toNanos();
    }

    static Deadline after(Duration limit) {
        return new Deadline(limit);
    }

    /**
     * Waits until {@code condition} holds.
     *
     * @param what is not so, when it does not in time: a sentence without its end
     * @throws Failure when it does not in time
     */
    void await(BooleanSupplier condition, Supplier<String> what) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new Failure(ExitCode.TIMEOUT, what.get() + " after " + limit.toSeconds() + " s.");
            }
            Thread.sleep(LOOK);
        }
    }
}
