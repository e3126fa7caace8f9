package dev.cotton.cli.backup;

import dev.cotton.cli.Shell;
import dev.cotton.cli.client.Backup;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.options.ApiOptions;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.cli.view.BackupText;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cotton backups list}. */
@Command(
        name = "list",
        aliases = "ls",
        description = "List the backups in the store, the newest first; also those of clusters that are gone.")
public final class BackupsListCommand implements Runnable {
    @Parameters(paramLabel = "NAME", arity = "0..1", description = "Only those of clusters of that name.")
    private Optional<String> cluster = Optional.empty();

    @Mixin
    private final ApiOptions api = new ApiOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Shell shell;

    public BackupsListCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        Document<Backup.All> all = api.client(shell).backups(cluster);
        output.write(
                shell,
                all.json(),
                paint -> BackupText.list(all.value(), shell.clock().instant(), paint));
    }
}
