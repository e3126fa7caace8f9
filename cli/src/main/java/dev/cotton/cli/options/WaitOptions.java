package dev.cotton.cli.options;

import java.time.Duration;
import picocli.CommandLine.Option;

/** Whether and how long a command waits for what it started. */
public final class WaitOptions {
    @Option(names = "--no-wait", description = "Return as soon as it is accepted.")
    private boolean noWait;

    @Option(
            names = "--timeout",
            paramLabel = "SPAN",
            description = "How long to wait at most, for instance 90s or 10m (default: 10m). What was started goes on.")
    private Duration timeout = Duration.ofMinutes(10);

    public boolean waits() {
        return !noWait;
    }

    public Duration timeout() {
        return timeout;
    }
}
