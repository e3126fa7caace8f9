package dev.cotton.cli.change;

import dev.cotton.cli.Shell;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.follow.ClusterOrder;
import dev.cotton.cli.view.PlanText;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** What commands that change a cluster have in common. */
final class ChangeOrder {
    @Mixin
    private final ClusterOrder order = new ClusterOrder();

    @Option(names = "--dry-run", description = "Only say what would be done.")
    private boolean dryRun;

    /**
     * Asks for it and waits, or only tells.
     *
     * @param wish as in {@code PATCH /api/v1/clusters/NAME}
     */
    void follow(Shell shell, ObjectNode wish) {
        String name = order.name();
        SchedulerClient client = order.client(shell);
        if (dryRun) {
            PlanText.write(shell, order.output(), client.changePlan(name, wish));
            return;
        }
        order.follow(
                shell, client, client.change(name, wish), "Changing " + name, name + " is as asked for, and healthy");
    }
}
