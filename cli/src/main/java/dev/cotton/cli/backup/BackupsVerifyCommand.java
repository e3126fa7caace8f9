package dev.cotton.cli.backup;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.Shell;
import dev.cotton.cli.client.Backup;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.options.ApiOptions;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.cli.options.WaitOptions;
import dev.cotton.cli.view.BackupText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cotton backups verify}. */
@Command(
        name = "verify",
        description =
                "Prove a backup of a live cluster again: restore it into a server of its own, and look at every table.")
public final class BackupsVerifyCommand implements Runnable {
    @Mixin
    private final BackupArgument backup = new BackupArgument();

    @Mixin
    private final WaitOptions wait = new WaitOptions();

    @Mixin
    private final ApiOptions api = new ApiOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Shell shell;

    public BackupsVerifyCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        SchedulerClient client = api.client(shell);
        Document<Backup.Run> begun = client.verifyBackup(backup.id());
        if (!wait.waits()) {
            output.write(shell, begun.json(), paint -> "Begun: " + BackupText.run(begun.value()) + "\n");
            return;
        }
        Document<Backup> tried =
                new BackupFollower(shell, output, wait).follow(client, begun.value(), "Proving " + backup.id());
        if (!tried.value().state().equals("proven")) {
            throw new Failure(
                    ExitCode.FAILED, backup.id() + " is " + tried.value().state() + ".");
        }
    }
}
