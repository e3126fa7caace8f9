package dev.cotton.testing.contract;

import dev.cotton.core.port.Leadership;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Notes what a scheduler hears about its leadership. Thread-safe. */
final class Term implements Leadership.Listener {
    static final long DEPOSED = -1;
    private static final long PATIENCE_SECONDS = 20;

    private final BlockingQueue<Long> news = new LinkedBlockingQueue<>();

    /** Joins {@code participant} to the election and notes what it hears. */
    static Term join(Participant participant, String url) {
        Term term = new Term();
        participant.leadership().join(url, term);
        return term;
    }

    @Override
    public void elected(long term) {
        news.add(term);
    }

    @Override
    public void deposed() {
        news.add(DEPOSED);
    }

    /** The next thing that was or will be heard: a term, or {@link #DEPOSED}. */
    long next() throws InterruptedException {
        return Optional.ofNullable(news.poll(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .orElseThrow(
                        () -> new AssertionError("Nothing was heard about leadership for " + PATIENCE_SECONDS + " s."));
    }

    /** Whether there is nothing that was heard and not asked for. */
    boolean silent() {
        return news.isEmpty();
    }
}
