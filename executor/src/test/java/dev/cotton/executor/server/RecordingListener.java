package dev.cotton.executor.server;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what it is told, with the time. */
final class RecordingListener implements Mysqld.Listener {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** @param nanos when it was told, as {@link System#nanoTime} */
    record Told(Optional<Exit> exit, Optional<Long> restartedAs, long nanos) {}

    private final BlockingQueue<Told> news = new LinkedBlockingQueue<>();

    @Override
    public void exited(Exit exit) {
        news.add(new Told(Optional.of(exit), Optional.empty(), System.nanoTime()));
    }

    @Override
    public void restarted(long processId) {
        news.add(new Told(Optional.empty(), Optional.of(processId), System.nanoTime()));
    }

    Told next() throws InterruptedException {
        Told told = news.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (told == null) {
            throw new AssertionError("Nothing was told within " + PATIENCE + ".");
        }
        return told;
    }

    Exit nextExit() throws InterruptedException {
        return next().exit().orElseThrow(() -> new AssertionError("A restart was told instead of an exit."));
    }

    boolean silent() {
        return news.isEmpty();
    }
}
