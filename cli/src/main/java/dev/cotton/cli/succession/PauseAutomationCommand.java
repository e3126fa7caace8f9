package dev.cotton.cli.succession;

import dev.cotton.cli.Shell;
import dev.cotton.cli.options.ApiOptions;
import dev.cotton.cli.options.ClusterArgument;
import dev.cotton.cli.options.OutputOptions;
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

    @Option(names = "--why", required = true, description = "Why, for those who wonder. Needed.")
    private String why = "";

    @Option(names = "--who", description = "Who asks. The name of the user who runs this.")
    private String who = System.getProperty("user.name", "unknown");

    @Option(names = "--minutes", description = "After how many minutes it ends by itself. Never.")
    private @Nullable Integer minutes;

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
        var document = api.client(shell).pauseAutomation(name, who, why, Optional.ofNullable(minutes));
        output.write(
                shell,
                document.json(),
                paint -> "Nothing fails over by itself in " + name + "; cotton resume-automation " + name
                        + " changes that.\n");
    }
}
