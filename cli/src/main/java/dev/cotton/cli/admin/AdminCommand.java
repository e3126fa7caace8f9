package dev.cotton.cli.admin;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import picocli.CommandLine.Command;

/** {@code cotton admin}. */
@Command(name = "admin", description = "Keep a copy of what schedulers know of a fleet, and bring it back.")
public final class AdminCommand implements Runnable {
    @Override
    public void run() {
        throw new Failure(ExitCode.USAGE, "Say what to do: admin export or admin import.");
    }
}
