package dev.cotton.cli.app;

import dev.cotton.cli.Shell;
import dev.cotton.cli.terminal.Terminal;
import java.time.InstantSource;

/** The program {@code cotton}. */
public final class Cotton {
    private Cotton() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] arguments) {
        Shell shell = new Shell(Terminal.ofProcess(System.getenv()), System.getenv(), InstantSource.system());
        System.exit(new CommandTree(shell).run(arguments));
    }
}
