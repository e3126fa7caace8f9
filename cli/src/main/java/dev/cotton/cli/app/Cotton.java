package dev.cotton.cli.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code cotton}. */
@Command(
        name = "cotton",
        description = "Runs MySQL clusters for people who do not want to run MySQL.",
        mixinStandardHelpOptions = true)
public final class Cotton {

    /** Made by {@link #main}. */
    Cotton() {}

    /** Runs the command line and exits with the command's code. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Cotton()).execute(arguments));
    }
}
