package dev.cotton.cli.succession;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.Shell;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.command.Confirmation;
import dev.cotton.cli.follow.ClusterOrder;
import dev.cotton.cli.view.PlanText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cotton failover}. */
@Command(
        name = "failover",
        description = "Promote a replica although commits may be lost. A failover without loss happens by itself; this"
                + " is for a cluster that is blocked because too few of its servers can be asked. Asks for its name.")
public final class FailoverCommand implements Runnable {
    @Mixin
    private final ClusterOrder order = new ClusterOrder();

    @Option(
            names = "--accept-loss",
            description = "You accept that commits may be lost for ever, and know that the former primary takes no"
                    + " writes any more. Needed.")
    private boolean acceptLoss;

    @Option(names = "--dry-run", description = "Only say what would be done and what may be lost.")
    private boolean dryRun;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    private final Shell shell;

    public FailoverCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        String name = order.name();
        SchedulerClient client = order.client(shell);
        if (dryRun) {
            PlanText.write(shell, order.output(), client.failoverPlan(name));
            return;
        }
        if (!acceptLoss) {
            throw new Failure(
                    ExitCode.USAGE,
                    "A failover without loss happens by itself. To promote a replica although commits may be lost, say"
                            + " --accept-loss; --dry-run shows what that would do. Nothing was changed.");
        }
        if (!yes) {
            String plan = String.join(" ", client.failoverPlan(name).value().steps());
            Confirmation.typed(shell, name, plan + " Commits may be lost for ever.");
        }
        order.follow(
                shell,
                client,
                client.failOverAcceptingLoss(name),
                "Promoting a replica of " + name,
                name + " has a primary");
    }
}
