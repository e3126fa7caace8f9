package dev.cotton.cli.command;

import dev.cotton.cli.Shell;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.follow.Followed;
import dev.cotton.cli.options.ApiOptions;
import dev.cotton.cli.options.ClusterArgument;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.cli.options.WaitOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cotton start}. */
@Command(name = "start", description = "Let the databases of a stopped cluster run again.")
public final class StartCommand implements Runnable {
    @Mixin
    private final ClusterArgument cluster = new ClusterArgument();

    @Mixin
    private final WaitOptions wait = new WaitOptions();

    @Mixin
    private final ApiOptions api = new ApiOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Shell shell;

    public StartCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        String name = cluster.name();
        SchedulerClient client = api.client(shell);
        new Followed(shell, output, wait).end(client, client.start(name), "Starting " + name, name + " is healthy");
    }
}
