package dev.cotton.cli.terminal;

import java.util.OptionalDouble;

/** Shows nothing. */
record SilentSteps() implements Steps {
    @Override
    public void begin(String step) {}

    @Override
    public void at(String detail, OptionalDouble fraction) {}

    @Override
    public void done(String result) {}

    @Override
    public void failed() {}

    @Override
    public void close() {}
}
