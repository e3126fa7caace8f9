package dev.cotton.executor.app;

import java.util.Optional;

/**
 * When an agent is told whether a task is well: as soon as it is for the first time, and then each time that it changes.
 * What was never well is new and not told of; one failure alone is none. Not thread-safe.
 */
final class HealthNews {
    /** So many in a row mean that it is not well; the task's health check says the same. */
    private static final int FAILURES = 3;

    private boolean told;
    private int failures;

    /** @return what is news, if anything is */
    Optional<Boolean> seen(boolean well) {
        failures = well ? 0 : failures + 1;
        boolean now = well || (told && failures < FAILURES);
        boolean news = now != told;
        told = now;
        return news ? Optional.of(now) : Optional.empty();
    }
}
