package dev.cotton.cli.quarantine;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import picocli.CommandLine.Command;

/** {@code cotton quarantine}. */
@Command(
        name = "quarantine",
        description =
                "Look after transactions that only a former primary had. They were never acknowledged to anybody, and"
                        + " were saved before it got a new copy of the data.")
public final class QuarantineCommand implements Runnable {
    @Override
    public void run() {
        throw new Failure(ExitCode.USAGE, "Say what to do: quarantine list, quarantine show or quarantine discard.");
    }
}
