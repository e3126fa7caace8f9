package dev.cotton.cli.command;

import dev.cotton.cli.Shell;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.follow.ClusterOrder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cotton restore}. */
@Command(name = "restore", description = "Bring a deleted cluster back from the bin, with its data.")
public final class RestoreCommand implements Runnable {
    @Mixin
    private final ClusterOrder order = new ClusterOrder();

    private final Shell shell;

    public RestoreCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        String name = order.name();
        SchedulerClient client = order.client(shell);
        order.follow(shell, client, client.restore(name), "Restoring " + name, name + " is back and healthy");
    }
}
