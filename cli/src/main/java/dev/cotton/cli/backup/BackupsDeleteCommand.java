package dev.cotton.cli.backup;

import dev.cotton.cli.Shell;
import dev.cotton.cli.client.Backup;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.command.Confirmation;
import dev.cotton.cli.options.ApiOptions;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.cli.view.PlanText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cotton backups delete}. */
@Command(name = "delete", description = "Destroy a backup. There is no way back. Asks for the name of its cluster.")
public final class BackupsDeleteCommand implements Runnable {
    @Mixin
    private final BackupArgument backup = new BackupArgument();

    @Option(names = "--force", description = "Also the newest of its cluster that is proven.")
    private boolean force;

    @Option(names = "--dry-run", description = "Only say what would be done.")
    private boolean dryRun;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Mixin
    private final ApiOptions api = new ApiOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Shell shell;

    public BackupsDeleteCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        SchedulerClient client = api.client(shell);
        if (dryRun) {
            PlanText.write(shell, output, client.backupDeletionPlan(backup.id(), force));
            return;
        }
        if (!yes) {
            String cluster = client.backup(backup.id()).value().cluster();
            Confirmation.typed(
                    shell, cluster, "This destroys the backup " + backup.id() + " of " + cluster + ", for ever.");
        }
        Document<Backup> gone = client.deleteBackup(backup.id(), force);
        output.write(shell, gone.json(), paint -> "The backup " + backup.id() + " is destroyed.\n");
    }
}
