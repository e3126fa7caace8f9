package dev.cotton.executor.role;

import dev.cotton.core.wire.Setup;
import java.time.Duration;
import java.util.function.Predicate;

/** Waits for mysqld to answer on data that are being made. For the reconciler's thread. */
record FirstStart(Supervisor supervisor, Predicate<Setup> wanted) {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration PACE = Duration.ofMillis(200);

    /** @throws Supervisor.Starting when it takes too long, or the data are wanted no more */
    Server await(Setup setup) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try {
                return supervisor.ensure(setup);
            } catch (Supervisor.Starting starting) {
                if (System.nanoTime() - deadline > 0 || !wanted.test(setup)) {
                    throw starting;
                }
                Thread.sleep(PACE);
            }
        }
    }
}
