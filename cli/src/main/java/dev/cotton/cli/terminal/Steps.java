package dev.cotton.cli.terminal;

import java.time.InstantSource;
import java.util.OptionalDouble;

/** Shows how far a command is, on standard error: one step after the other. Thread-safe. */
public sealed interface Steps extends AutoCloseable permits LiveSteps, PlainSteps, SilentSteps {
    /** What suits {@code terminal}: nothing with JSON, lines in place for a person, otherwise plain lines. */
    static Steps on(Terminal terminal, OutputFormat format, InstantSource clock) {
        if (format == OutputFormat.JSON) {
            return new SilentSteps();
        }
        if (terminal.features().err()) {
            return new LiveSteps(terminal.err(), terminal.errorPaint(), clock);
        }
        return new PlainSteps(terminal.err(), clock);
    }

    /** Some that nobody sees. */
    static Steps unseen() {
        return new SilentSteps();
    }

    /** Begins a step; one that is still under way is done. */
    void begin(String step);

    /** Says what the step is at, and how much of it is done if that is known, from 0 to 1. */
    void at(String detail, OptionalDouble fraction);

    /** Says what the step is at. */
    default void at(String detail) {
        at(detail, OptionalDouble.empty());
    }

    /** Ends the step, with what came of it. */
    void done(String result);

    /** Ends the step, if one is under way, as one that did not succeed. */
    void failed();

    /** Leaves a step under way as it is, and the terminal in order. */
    @Override
    void close();
}
