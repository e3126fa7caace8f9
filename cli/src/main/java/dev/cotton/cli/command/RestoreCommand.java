package dev.cotton.cli.command;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.Shell;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.follow.ClusterOrder;
import dev.cotton.cli.options.BackupName;
import dev.cotton.cli.options.RestorePoint;
import dev.cotton.cli.view.PlanText;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** {@code cotton restore}. */
@Command(
        name = "restore",
        description =
                "Bring a deleted cluster back from the bin, with its data; or, with --from-backup, give a cluster that"
                        + " lives the data of a backup: its own go to the bin, and clients are without it meanwhile. That asks for"
                        + " its name.")
public final class RestoreCommand implements Runnable {
    @Mixin
    private final ClusterOrder order = new ClusterOrder();

    @Option(
            names = "--from-backup",
            paramLabel = BackupName.LABEL,
            description =
                    "The backup, of this or another cluster: the latest that is proven, one by its id, or, with a minute"
                            + " in UTC such as 202612312359, the newest proven one that is not after it.")
    private Optional<String> backup = Optional.empty();

    @Mixin
    private final RestorePoint point = new RestorePoint();

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Only say what would be done. With --from-backup.")
    private boolean dryRun;

    private final Shell shell;

    public RestoreCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        SchedulerClient client = order.client(shell);
        if (backup.isPresent()) {
            replace(client, BackupName.parse(backup.get()));
            return;
        }
        if (point.isGiven()) {
            throw new Failure(
                    ExitCode.USAGE, "--to-time, --to-gtid, --before-gtid and --skip-gtid go with --from-backup.");
        }
        if (dryRun) {
            throw new Failure(ExitCode.USAGE, "--dry-run: a restore from the bin destroys nothing; it has no plan.");
        }
        String name = order.name();
        order.follow(shell, client, client.restore(name), "Restoring " + name, name + " is back and healthy");
    }

    private void replace(SchedulerClient client, BackupName from) {
        String name = order.name();
        ObjectNode request = point.addTo(from.request());
        if (dryRun) {
            PlanText.write(shell, order.output(), client.replacementPlan(name, request));
            return;
        }
        if (!yes) {
            Confirmation.typed(
                    shell, name, "This stops " + name + ", puts its data in the bin, and restores " + from + ".");
        }
        order.followReplacement(
                shell, client, client.replace(name, request), name + " is healthy, with the data of " + from);
    }
}
