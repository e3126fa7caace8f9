package dev.cotton.cli.command;

import dev.cotton.cli.Shell;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.follow.ClusterOrder;
import dev.cotton.cli.view.PlanText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cotton stop}. */
@Command(
        name = "stop",
        description = "Stop the databases of a cluster cleanly. Its data stay where they are: see start.")
public final class StopCommand implements Runnable {
    @Mixin
    private final ClusterOrder order = new ClusterOrder();

    @Option(names = "--dry-run", description = "Only say what would be done.")
    private boolean dryRun;

    private final Shell shell;

    public StopCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        String name = order.name();
        SchedulerClient client = order.client(shell);
        if (dryRun) {
            PlanText.write(shell, order.output(), client.stopPlan(name));
            return;
        }
        String result = name + " is stopped; cotton start " + name + " lets it run again";
        order.follow(shell, client, client.stop(name), "Stopping " + name, result);
    }
}
