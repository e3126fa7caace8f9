package dev.cotton.testing.simulation;

/**
 * What an executor knows of whether its server may still be the primary. When the role was lost with mysqld or with its
 * executor, somebody else may have taken over: it is established again only when it has been assigned anew, or when no
 * scheduler has been heard for a while.
 */
final class Primacy {
    private static final long NO_SCHEDULER = 6_000;

    private final Timeline timeline;
    private long assignments;
    private long assignmentsAtLoss;
    private long heardAt;

    Primacy(Timeline timeline) {
        this.timeline = timeline;
    }

    /** A new executor. */
    void begin() {
        assignments = 0;
        assignmentsAtLoss = 0;
        heard();
    }

    /** A scheduler has got through. */
    void heard() {
        heardAt = timeline.now();
    }

    void assigned() {
        assignments++;
    }

    void lost() {
        assignmentsAtLoss = assignments;
    }

    /** Whether no scheduler has been heard for a while. */
    boolean alone() {
        return timeline.now() - heardAt >= NO_SCHEDULER;
    }

    boolean waitsForAScheduler() {
        return assignments <= assignmentsAtLoss && !alone();
    }
}
