package dev.cotton.cli.succession;

import dev.cotton.cli.Shell;
import dev.cotton.cli.options.ApiOptions;
import dev.cotton.cli.options.ClusterArgument;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.cli.terminal.Spans;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cotton pause-automation}. */
@Command(
        name = "pause-automation",
        description = "Have nothing fail over by itself in a cluster, for instance while somebody repairs it by hand."
                + " See resume-automation.")
public final class PauseAutomationCommand implements Runnable {
    @Mixin
    private final ClusterArgument cluster = new ClusterArgument();

    @Option(names = "--why", paramLabel = "TEXT", required = true, description = "Why, for those who wonder. Needed.")
    private String why = "";

    @Option(names = "--who", paramLabel = "NAME", description = "Who asks (default: the user who runs this).")
    private String who = System.getProperty("user.name", "unknown");

    @Option(
            names = "--for",
            paramLabel = "SPAN",
            description =
                    "After which it ends by itself, for instance 90m or 2h. Without it, only resume-automation ends it.")
    private @Nullable Duration span;

    @Mixin
    private final ApiOptions api = new ApiOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Shell shell;

    public PauseAutomationCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        String name = cluster.name();
        var document = api.client(shell).pauseAutomation(name, who, why, Optional.ofNullable(span));
        output.write(
                shell,
                document.json(),
                paint -> "Nothing fails over by itself in " + name
                        + (span == null ? "" : " for " + Spans.rough(span)) + "; cotton resume-automation " + name
                        + " changes that.\n");
    }
}
