package dev.cotton.scheduler.engine.local;

import dev.cotton.core.wire.InstanceFolder;
import dev.cotton.core.wire.ProcessFile;
import dev.cotton.scheduler.engine.local.placement.Host;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an executor running on one instance's folder: adopts the one that runs, and starts one when none does, with a
 * growing pause when they end quickly. Used by one thread.
 */
final class Supervisor {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Launcher launcher;
    private final Runnable onEnd;

    private @Nullable ProcessFile executor;
    private @Nullable Process child;
    private String isolation = "";
    private String lastEnd = "";
    private Backoff backoff = Backoff.NONE;
    private long startedAt = System.nanoTime();
    private Duration pauseAfterEnd = Duration.ZERO;
    private long endedAt = startedAt;

    /** @param onEnd called on any thread when an executor that was started here ends */
    Supervisor(Launcher launcher, Runnable onEnd) {
        this.launcher = launcher;
        this.onEnd = onEnd;
    }

    /**
     * @param why what is wrong, empty when nothing is
     * @param again when to look again at the latest
     */
    record Look(String isolation, String why, Duration again) {}

    /** Makes sure that an executor runs. Returns at once. */
    Look look(PlacedInstance placed, Host host) throws IOException {
        if (executor == null) {
            adopt(placed);
        }
        if (executor != null && launcher.runs(executor)) {
            return new Look(isolation, "", LOOK_AGAIN);
        }
        if (executor != null) {
            noteEnd(placed);
        }
        Duration remaining = pauseAfterEnd.minusNanos(System.nanoTime() - endedAt);
        if (remaining.isPositive()) {
            return new Look(isolation, lastEnd + "; it is started again", remaining);
        }
        launch(placed, host);
        return new Look(isolation, lastEnd, LOOK_AGAIN);
    }

    private void adopt(PlacedInstance placed) throws IOException {
        Optional<ProcessFile> running = launcher.running(placed.id());
        if (running.isPresent()) {
            executor = running.get();
            child = null;
            isolation = launcher.isolation(placed, running.get());
            startedAt = System.nanoTime();
        }
    }

    private void launch(PlacedInstance placed, Host host) throws IOException {
        Launcher.Launched launched = launcher.launch(placed, host);
        Process process = launched.process();
        child = process;
        isolation = launched.isolation();
        startedAt = System.nanoTime();
        executor = launcher.identify(process).orElse(new ProcessFile(process.pid(), 0, "ended"));
        var _ = process.onExit().thenRun(onEnd);
    }

    private void noteEnd(PlacedInstance placed) {
        endedAt = System.nanoTime();
        backoff = backoff.after(Duration.ofNanos(endedAt - startedAt));
        pauseAfterEnd = backoff.pause();
        executor = null;
        String said = launcher.launchOutput(placed.id());
        String code = child == null || child.isAlive() ? "" : " with code " + child.exitValue();
        lastEnd = "its executor ended" + code + " ("
                + (said.isEmpty() ? "see " + InstanceFolder.EXECUTOR_OUTPUT + " in its folder" : said) + ")";
    }
}
