package dev.cotton.cli.command;

import dev.cotton.cli.Shell;
import dev.cotton.cli.client.Cluster;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.options.ApiOptions;
import dev.cotton.cli.options.ClusterArgument;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.cli.view.ClusterText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cotton show}. */
@Command(name = "show", description = "Show a cluster: its state and why, its instances, what is going on.")
public final class ShowCommand implements Runnable {
    @Mixin
    private final ClusterArgument cluster = new ClusterArgument();

    @Mixin
    private final ApiOptions api = new ApiOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Shell shell;

    public ShowCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        Document<Cluster> shown = api.client(shell).cluster(cluster.name());
        output.write(
                shell,
                shown.json(),
                paint -> ClusterText.of(shown.value(), shell.clock().instant(), paint));
    }
}
