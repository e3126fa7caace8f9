package dev.cotton.cli.succession;

import dev.cotton.cli.Shell;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.follow.ClusterOrder;
import dev.cotton.cli.view.PlanText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cotton switchover}. */
@Command(
        name = "switchover",
        description = "Have a healthy primary hand over to a replica. Clients are without writes for a fraction of a"
                + " second; when the replica does not catch up in time everything stays as it was.")
public final class SwitchoverCommand implements Runnable {
    @Mixin
    private final ClusterOrder order = new ClusterOrder();

    @Option(
            names = "--to",
            paramLabel = "INSTANCE",
            description = "Who takes over, for instance demo-1 (default: the best one).")
    private @Nullable String to;

    @Option(names = "--dry-run", description = "Only say what would be done.")
    private boolean dryRun;

    private final Shell shell;

    public SwitchoverCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        String name = order.name();
        SchedulerClient client = order.client(shell);
        if (dryRun) {
            PlanText.write(shell, order.output(), client.switchoverPlan(name, Optional.ofNullable(to)));
            return;
        }
        order.follow(
                shell,
                client,
                client.switchOver(name, Optional.ofNullable(to)),
                "Switching " + name + " over",
                name + " has another primary; cotton show " + name + " says which");
    }
}
