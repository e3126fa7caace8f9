package dev.cotton.executor.role;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Whether the mysqld that runs may have what only a primary has. A fresh one has not: it starts read-only. Of one that
 * an earlier executor has left nothing is known. Thread-safe.
 */
final class Primacy {
    /** An executor that has just begun is slow. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private OptionalLong run = OptionalLong.empty();
    private long countsFrom;

    /** This run of mysqld was found. */
    synchronized void unknown(long processId) {
        run = OptionalLong.of(processId);
        countsFrom = System.nanoTime() + GRACE.toNanos();
    }

    /** This run of mysqld is about to be made a primary. */
    synchronized void possible(long processId) {
        run = OptionalLong.of(processId);
        countsFrom = System.nanoTime();
    }

    /** This run of mysqld is no primary any more. */
    synchronized void over(long processId) {
        if (run.equals(OptionalLong.of(processId))) {
            run = OptionalLong.empty();
        }
    }

    /** mysqld has ended. @return whether it may have been a primary */
    synchronized boolean ended() {
        boolean possible = run.isPresent();
        run = OptionalLong.empty();
        return possible;
    }

    /** Whether it is high time to ask whether this run of mysqld may be a primary, and it may. */
    synchronized boolean mayBe(OptionalLong processId) {
        return processId.isPresent() && processId.equals(run) && System.nanoTime() - countsFrom >= 0;
    }
}
