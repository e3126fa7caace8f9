package dev.cotton.executor.role;

import dev.cotton.core.wire.Assignment;
import dev.cotton.core.wire.Role;
import dev.cotton.executor.sql.SqlFailure;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a primary which is to be one no longer is none soon: when its mysqld does not let itself be demoted
 * within a second, because it hangs or its logins do, it is killed. It waits for no answer of mysqld's itself.
 */
final class DemotionWatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(DemotionWatch.class);
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Duration PACE = Duration.ofMillis(50);
    private static final Duration TICK = Duration.ofSeconds(1);

    private final OrderBook book;
    private final Supervisor supervisor;
    private final Primacy primacy;
    private final Signal ordered = new Signal();

    DemotionWatch(OrderBook book, Supervisor supervisor, Primacy primacy) {
        this.book = book;
        this.supervisor = supervisor;
        this.primacy = primacy;
    }

    /** There is another order. */
    void ordered() {
        ordered.raise();
    }

    /** Until interrupted. */
    @Override
    public void run() {
        try {
            while (true) {
                ordered.await(TICK);
                if (overdue() && !demotedInTime()) {
                    end();
                }
            }
        } catch (InterruptedException stop) {
            LOG.debug("The watch over demotions ends.");
        }
    }

    private boolean demotedInTime() throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (overdue()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            Thread.sleep(PACE);
        }
        return true;
    }

    private boolean overdue() {
        return book.orders()
                        .assignment()
                        .map(Assignment::role)
                        .filter(DemotionWatch::demotes)
                        .isPresent()
                && primacy.mayBe(supervisor.processId());
    }

    private static boolean demotes(Role role) {
        return switch (role) {
            case Role.Fenced fenced -> true;
            case Role.Replica replica -> true;
            case Role.Candidate candidate -> true;
            case Role.Emptied emptied -> true;
            case Role.Primary primary -> false;
            case Role.Stopped stopped -> false;
        };
    }

    private void end() throws InterruptedException {
        LOG.warn(
                "mysqld may still be a primary {} after another role was ordered: it is killed, and starts again"
                        + " read-only.",
                LIMIT);
        try {
            supervisor.kill();
        } catch (Obstacle | SqlFailure failure) {
            LOG.error("It could not be killed and is tried again: {}", failure.getMessage());
        }
    }
}
