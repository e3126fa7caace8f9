package dev.cotton.testing.contract;

import dev.cotton.core.port.Leadership;
import dev.cotton.core.port.StateStore;

/** One scheduler as a contract suite sees it: it may lead, and then it may write. */
public interface Participant extends AutoCloseable {
    Leadership leadership();

    /** Writes under the term that {@link #leadership} gives. */
    StateStore store();

    /** Takes its connection away without its doing, for longer than its session lives. */
    void cutOff();

    /** Ends {@link #cutOff}. */
    void reconnect();

    @Override
    void close();
}
