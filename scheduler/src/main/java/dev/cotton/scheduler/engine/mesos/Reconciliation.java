package dev.cotton.scheduler.engine.mesos;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * When the master is asked what became of tasks. It may answer nothing while it or an agent recovers, so what was not
 * answered is asked again, ever more seldom; and everything is asked anew from time to time. Not thread-safe.
 */
final class Reconciliation {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration ANEW = Duration.ofMinutes(5);

    private final LongSupplier nanos;
    private final Set<String> unanswered = new HashSet<>();
    private Duration pause = FIRST;
    private long askedAt;

    /** @param nanos a monotonic clock */
    Reconciliation(LongSupplier nanos) {
        this.nanos = nanos;
        this.askedAt = nanos.getAsLong();
    }

    /** A new subscription: everything is to be asked, at once. */
    void begin(Set<String> tasks) {
        unanswered.clear();
        unanswered.addAll(tasks);
        pause = FIRST;
        askedAt = nanos.getAsLong() - LONGEST.toNanos();
    }

    /** Something was heard of that task. */
    void answered(String task) {
        unanswered.remove(task);
    }

    /**
     * The tasks to ask about now; none when it is not time yet. Asking is up to the caller.
     *
     * @param live all tasks that may run
     */
    Set<String> due(Set<String> live) {
        Duration since = Duration.ofNanos(nanos.getAsLong() - askedAt);
        unanswered.retainAll(live);
        if (unanswered.isEmpty() && since.compareTo(ANEW) >= 0) {
            unanswered.addAll(live);
            pause = FIRST;
        } else if (unanswered.isEmpty() || since.compareTo(pause) < 0) {
            return Set.of();
        }
        askedAt = nanos.getAsLong();
        pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
        return Set.copyOf(unanswered);
    }
}
