package dev.cotton.cli.backup;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.Shell;
import dev.cotton.cli.client.Backup;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.options.ApiOptions;
import dev.cotton.cli.options.ClusterArgument;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.cli.options.WaitOptions;
import dev.cotton.cli.view.BackupText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cotton backup}. */
@Command(
        name = "backup",
        description =
                "Back a cluster up now, and wait until the backup is proven: it is restored into a server of its own, and"
                        + " every table is looked at there.")
public final class BackupCommand implements Runnable {
    @Mixin
    private final ClusterArgument cluster = new ClusterArgument();

    @Mixin
    private final WaitOptions wait = new WaitOptions();

    @Mixin
    private final ApiOptions api = new ApiOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Shell shell;

    public BackupCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        SchedulerClient client = api.client(shell);
        Document<Backup.Run> begun = client.backUp(cluster.name());
        if (!wait.waits()) {
            output.write(
                    shell,
                    begun.json(),
                    paint -> "Begun: " + BackupText.run(begun.value()) + ". Look with: cotton backups list\n");
            return;
        }
        Document<Backup> made = new BackupFollower(shell, output, wait)
                .follow(client, begun.value(), "Backing " + cluster.name() + " up");
        if (made.value().state().equals("refuted")) {
            throw new Failure(
                    ExitCode.FAILED,
                    "The backup " + made.value().id() + " cannot be restored: "
                            + made.value().proof().map(Backup.Proof::why).orElse(""));
        }
    }
}
