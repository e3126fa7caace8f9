package dev.cotton.cli.command;

import dev.cotton.cli.Shell;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.follow.ClusterOrder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cotton start}. */
@Command(name = "start", description = "Let the databases of a stopped cluster run again.")
public final class StartCommand implements Runnable {
    @Mixin
    private final ClusterOrder order = new ClusterOrder();

    private final Shell shell;

    public StartCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        String name = order.name();
        SchedulerClient client = order.client(shell);
        order.follow(shell, client, client.start(name), "Starting " + name, name + " is healthy");
    }
}
