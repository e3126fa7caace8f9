package dev.cotton.core.port;

import java.util.Optional;

/**
 * Who of several schedulers leads. A hint only: what counts is the term that every write checks.
 */
public interface Leadership extends AutoCloseable {
    /** Told on a thread of the implementation's own; must return soon. */
    interface Listener {
        /**
         * This scheduler leads under {@code term}, which was raised by compare-and-set before this call: no earlier
         * leader can write any more.
         */
        void elected(long term);

        /** This scheduler leads no longer, or cannot know that it does (connection suspended): stop acting at once. */
        void deposed();
    }

    /** Joins the election. {@code url} is where clients reach this scheduler, for {@link #leader}. */
    void join(String url, Listener listener);

    /** The URL of the leader, if there is one. */
    Optional<String> leader();

    @Override
    void close();
}
