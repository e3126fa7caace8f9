package dev.cotton.cli.succession;

import dev.cotton.cli.Shell;
import dev.cotton.cli.options.ApiOptions;
import dev.cotton.cli.options.ClusterArgument;
import dev.cotton.cli.options.OutputOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cotton resume-automation}. */
@Command(name = "resume-automation", description = "Let failovers happen by themselves again in a cluster.")
public final class ResumeAutomationCommand implements Runnable {
    @Mixin
    private final ClusterArgument cluster = new ClusterArgument();

    @Option(
            names = "--acknowledge-failovers",
            description = "Also say that somebody has looked after the failovers up to now: a cluster that is blocked"
                    + " because it failed over too often goes on.")
    private boolean acknowledge;

    @Mixin
    private final ApiOptions api = new ApiOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Shell shell;

    public ResumeAutomationCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        String name = cluster.name();
        var client = api.client(shell);
        if (acknowledge) {
            client.acknowledgeFailovers(name);
        }
        var document = client.resumeAutomation(name);
        output.write(shell, document.json(), paint -> "Failovers happen by themselves in " + name + ".\n");
    }
}
