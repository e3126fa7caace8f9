package dev.cotton.scheduler.fleet;

import java.util.List;
import java.util.function.Supplier;

/** Something else that a leader looks after during its term, beside the clusters themselves. */
@FunctionalInterface
public interface TermDuty {
    /** For a leader that does nothing else. */
    TermDuty NONE = (term, outside, clusters) -> () -> {};

    /** What ends it. */
    @FunctionalInterface
    interface Going extends AutoCloseable {
        /** Ends it before the term's {@link Outside} is closed; returns within seconds. */
        @Override
        void close();
    }

    /**
     * Begins it, once every cluster is taken over; must return soon.
     *
     * @param clusters all that there are, with those in the bin
     */
    Going begin(long term, Outside outside, Supplier<List<ClusterView>> clusters);
}
