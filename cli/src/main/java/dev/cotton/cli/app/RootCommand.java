package dev.cotton.cli.app;

import dev.cotton.cli.Shell;
import dev.cotton.cli.Version;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code cotton} alone, and what all commands have in common. */
@Command(
        name = "cotton",
        synopsisSubcommandLabel = "COMMAND",
        description = "Runs MySQL clusters for people who do not want to run MySQL.",
        versionProvider = RootCommand.ProgramVersion.class)
final class RootCommand implements Runnable {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // looked at by the parser
    private boolean help;

    @Option(names = "--version", versionHelp = true, description = "Print the version of this program.")
    @SuppressWarnings("UnusedVariable") // looked at by the parser
    private boolean version;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Log more; when something fails, write the details to a log file and say which.")
    private boolean verbose;

    @Spec
    private @Nullable CommandSpec spec;

    private final Shell shell;

    RootCommand(Shell shell) {
        this.shell = shell;
    }

    boolean verbose() {
        return verbose;
    }

    @Override
    public void run() {
        Objects.requireNonNull(spec, "set by the parser")
                .commandLine()
                .usage(shell.terminal().out());
    }

    /** What {@code --version} says. */
    static final class ProgramVersion implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"cotton " + Version.current()};
        }
    }
}
