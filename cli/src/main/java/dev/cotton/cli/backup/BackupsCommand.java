package dev.cotton.cli.backup;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import picocli.CommandLine.Command;

/** {@code cotton backups}. */
@Command(name = "backups", description = "Look at backups and look after them.")
public final class BackupsCommand implements Runnable {
    @Override
    public void run() {
        throw new Failure(ExitCode.USAGE, "Say what to do: backups list, show, verify, delete or policy.");
    }
}
