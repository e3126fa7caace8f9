package dev.cotton.cli.backup;

import dev.cotton.cli.Shell;
import dev.cotton.cli.client.Backup;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.options.ApiOptions;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.cli.view.BackupText;
import java.time.ZoneId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cotton backups show}. */
@Command(name = "show", description = "Show what a backup has, and what came of its proof.")
public final class BackupsShowCommand implements Runnable {
    @Mixin
    private final BackupArgument backup = new BackupArgument();

    @Mixin
    private final ApiOptions api = new ApiOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Shell shell;

    public BackupsShowCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        Document<Backup> shown = api.client(shell).backup(backup.id());
        output.write(shell, shown.json(), paint -> BackupText.of(shown.value(), ZoneId.systemDefault(), paint));
    }
}
