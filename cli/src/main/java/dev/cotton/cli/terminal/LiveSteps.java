package dev.cotton.cli.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalDouble;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** One line per step; the last one is written again and again in its place while its step goes on. */
final class LiveSteps implements Steps {
    private static final String[] FRAMES = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};
    private static final Duration FRAME = Duration.ofMillis(100);
    private static final int BAR = 20;
    private static final String ERASE = "\r\u001b[K";
    private static final String NO_WRAP = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";

    private final PrintWriter writer;
    private final Paint paint;
    private final InstantSource clock;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("progress").daemon().factory());

    private final ScheduledFuture<?> repainting;
    private String step = "";
    private String detail = "";
    private OptionalDouble fraction = OptionalDouble.empty();
    private Instant begun;

    LiveSteps(PrintWriter writer, Paint paint, InstantSource clock) {
        this.writer = writer;
        this.paint = paint;
        this.clock = clock;
        this.begun = clock.instant();
        repainting =
                ticker.scheduleAtFixedRate(this::repaint, FRAME.toMillis(), FRAME.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void begin(String next) {
        if (!step.isEmpty()) {
            done(step);
        }
        step = next;
        detail = "";
        fraction = OptionalDouble.empty();
        begun = clock.instant();
        repaint();
    }

    @Override
    public synchronized void at(String next, OptionalDouble share) {
        detail = next;
        fraction = share;
        repaint();
    }

    @Override
    public synchronized void done(String result) {
        finish(paint.green("✓"), result);
    }

    @Override
    public synchronized void failed() {
        if (!step.isEmpty()) {
            finish(paint.red("✗"), step);
        }
    }

    @Override
    public void close() {
        repainting.cancel(false);
        ticker.shutdown();
        synchronized (this) {
            if (!step.isEmpty()) {
                writer.println();
                writer.flush();
                step = "";
            }
        }
    }

    private void finish(String mark, String text) {
        writer.println(ERASE + mark + " " + elapsed() + "  " + text);
        writer.flush();
        step = "";
    }

    private synchronized void repaint() {
        if (step.isEmpty()) {
            return;
        }
        Duration elapsed = Duration.between(begun, clock.instant());
        String frame = FRAMES[(int) (elapsed.dividedBy(FRAME) % FRAMES.length)];
        String line =
                frame + " " + elapsed() + "  " + step + bar() + (detail.isEmpty() ? "" : "  " + paint.faint(detail));
        writer.print(NO_WRAP + ERASE + line + WRAP);
        writer.flush();
    }

    private String elapsed() {
        String text = Spans.of(Duration.between(begun, clock.instant()));
        return " ".repeat(Math.max(0, 7 - text.length())) + text;
    }

    private String bar() {
        if (fraction.isEmpty()) {
            return "";
        }
        double share = Math.clamp(fraction.getAsDouble(), 0, 1);
        int full = (int) Math.round(share * BAR);
        return "  " + "━".repeat(full) + paint.faint("─".repeat(BAR - full)) + " " + Math.round(share * 100) + " %";
    }
}
