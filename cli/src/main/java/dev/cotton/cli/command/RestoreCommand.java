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

/** {@code cotton restore}. */
@Command(name = "restore", description = "Bring a deleted cluster back from the bin, with its data.")
public final class RestoreCommand implements Runnable {
    @Mixin
    private final ClusterArgument cluster = new ClusterArgument();

    @Mixin
    private final WaitOptions wait = new WaitOptions();

    @Mixin
    private final ApiOptions api = new ApiOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Shell shell;

    public RestoreCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        String name = cluster.name();
        SchedulerClient client = api.client(shell);
        new Followed(shell, output, wait)
                .end(client, client.restore(name), "Restoring " + name, name + " is back and healthy");
    }
}
