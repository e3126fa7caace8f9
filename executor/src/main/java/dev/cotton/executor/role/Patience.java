package dev.cotton.executor.role;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits, with a limit, for what can only be asked for. */
final class Patience {
    private static final Duration PAUSE = Duration.ofMillis(10);

    private Patience() {}

    /** Asks until {@code condition} holds; false when {@code limit} passes first. */
    static boolean until(Duration limit, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            Thread.sleep(PAUSE);
        }
        return true;
    }
}
