package dev.cotton.cli.command;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.Shell;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.client.Operation;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.follow.ClusterOrder;
import dev.cotton.cli.view.PlanText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cotton delete}. */
@Command(
        name = "delete",
        description = "Delete a cluster. Its data stay in the bin for a while: see restore. Asks for its name.")
public final class DeleteCommand implements Runnable {
    @Mixin
    private final ClusterOrder order = new ClusterOrder();

    @Option(
            names = "--purge",
            description = "Destroy the data instead of keeping them in the bin; if the cluster is in the bin already,"
                    + " destroy them there. There is no way back.")
    private boolean purge;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Only say what would be done.")
    private boolean dryRun;

    private final Shell shell;

    public DeleteCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        String name = order.name();
        SchedulerClient client = order.client(shell);
        boolean binned = purge && !isLive(client, name);
        if (dryRun) {
            PlanText.write(shell, order.output(), binned ? client.purgePlan(name) : client.deletionPlan(name, purge));
            return;
        }
        if (!yes) {
            Confirmation.typed(shell, name, consequence(name, binned));
        }
        String result = purge
                ? "The data of " + name + " are destroyed"
                : name + " is deleted; its data are in the bin (cotton restore " + name + " brings it back)";
        Document<Operation> started = binned ? client.purgeFromBin(name) : client.delete(name, purge);
        order.follow(shell, client, started, "Deleting " + name, result);
    }

    private String consequence(String name, boolean binned) {
        if (binned) {
            return "This destroys the data of " + name + " in the bin, for ever.";
        }
        return purge
                ? "This stops the cluster " + name + " and destroys its data, for ever."
                : "This stops the cluster " + name + " and puts its data in the bin.";
    }

    private static boolean isLive(SchedulerClient client, String name) {
        try {
            client.cluster(name);
            return true;
        } catch (Failure failure) {
            if (failure.exitCode() == ExitCode.NOT_FOUND) {
                return false;
            }
            throw failure;
        }
    }
}
