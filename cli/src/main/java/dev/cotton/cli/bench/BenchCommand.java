package dev.cotton.cli.bench;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import picocli.CommandLine.Command;

/** {@code cotton bench}. */
@Command(
        name = "bench",
        description =
                "Measure Cotton on this machine, with a scheduler and data of its own that are removed at the end.")
public final class BenchCommand implements Runnable {
    @Override
    public void run() {
        throw new Failure(ExitCode.USAGE, "Say what to measure: bench backup, create, failover, offers or scale.");
    }
}
