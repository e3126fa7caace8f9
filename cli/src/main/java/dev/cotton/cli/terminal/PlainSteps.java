package dev.cotton.cli.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalDouble;

/** A line, with the seconds since the command began, whenever something new is to be said. */
final class PlainSteps implements Steps {
    private final PrintWriter writer;
    private final InstantSource clock;
    private final Instant begun;
    private String step = "";
    private String begunLast = "";
    private String said = "";

    PlainSteps(PrintWriter writer, InstantSource clock) {
        this.writer = writer;
        this.clock = clock;
        this.begun = clock.instant();
    }

    @Override
    public synchronized void begin(String next) {
        step = next;
        if (!next.equals(begunLast)) {
            begunLast = next;
            say(next + " ...");
        }
    }

    @Override
    public synchronized void at(String detail, OptionalDouble fraction) {
        say(detail);
    }

    @Override
    public synchronized void done(String result) {
        step = "";
        say(result);
    }

    @Override
    public synchronized void failed() {
        if (!step.isEmpty()) {
            say(step + ": failed");
            step = "";
        }
    }

    @Override
    public void close() {}

    private void say(String text) {
        if (!text.isEmpty() && !text.equals(said)) {
            said = text;
            String elapsed = Spans.of(Duration.between(begun, clock.instant()));
            writer.println(" ".repeat(Math.max(0, 7 - elapsed.length())) + elapsed + "  " + text);
            writer.flush();
        }
    }
}
