package dev.cotton.cli.quarantine;

import dev.cotton.cli.Shell;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.client.Quarantine.Entry;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.command.Confirmation;
import dev.cotton.cli.options.ApiOptions;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.cli.view.QuarantineText;
import java.time.ZoneId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cotton quarantine discard}. */
@Command(
        name = "discard",
        description = "Destroy saved transactions. There is no way back. Asks for the name of the cluster.")
public final class QuarantineDiscardCommand implements Runnable {
    @Mixin
    private final EntryArgument argument = new EntryArgument();

    @Option(names = "--dry-run", description = "Only say what would be destroyed.")
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

    public QuarantineDiscardCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        SchedulerClient client = api.client(shell);
        String cluster = argument.cluster();
        Document<Entry> entry = client.quarantineEntry(cluster, argument.id());
        if (dryRun) {
            output.write(
                    shell,
                    entry.json(),
                    paint -> QuarantineText.entry(entry.value(), ZoneId.systemDefault(), paint)
                            + "\nThis would be destroyed. Nothing was changed.\n");
            return;
        }
        if (!yes) {
            Confirmation.typed(shell, cluster, consequence(entry.value()));
        }
        Document<Entry> gone = client.discardQuarantineEntry(cluster, argument.id());
        output.write(
                shell,
                gone.json(),
                paint -> "The entry " + argument.id() + " of " + cluster + " is destroyed: "
                        + QuarantineText.transactions(gone.value()) + ".\n");
    }

    private static String consequence(Entry entry) {
        return "This destroys " + QuarantineText.transactions(entry) + " (" + entry.gtids() + ", " + entry.changedRows()
                + " rows) that nobody else has, for ever.";
    }
}
