package dev.cotton.cli.quarantine;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.Shell;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.client.Quarantine.Entry;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.options.ApiOptions;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.cli.terminal.Paint;
import dev.cotton.cli.view.QuarantineText;
import java.time.ZoneId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cotton quarantine show}. */
@Command(name = "show", description = "Show what saved transactions did, or with --sql the transactions themselves.")
public final class QuarantineShowCommand implements Runnable {
    private static final int PIECE = 1 << 20;

    @Mixin
    private final EntryArgument argument = new EntryArgument();

    @Option(
            names = "--sql",
            description = "Write them as mysqlbinlog does: SQL, with every row in its comments. It holds users' data.")
    private boolean sql;

    @Mixin
    private final ApiOptions api = new ApiOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Shell shell;

    public QuarantineShowCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        if (sql && output.isJson()) {
            throw new Failure(ExitCode.USAGE, "--sql writes SQL, so it goes without -o json.");
        }
        SchedulerClient client = api.client(shell);
        Document<Entry> entry = client.quarantineEntry(argument.cluster(), argument.id());
        if (sql) {
            writeText(client, entry.value());
        } else {
            output.write(shell, entry.json(), paint -> text(entry.value(), paint));
        }
    }

    private String text(Entry entry, Paint paint) {
        String names = argument.cluster() + " " + argument.id();
        return QuarantineText.entry(entry, ZoneId.systemDefault(), paint) + "\nTry next:\n  cotton quarantine show "
                + names + " --sql\n      the transactions themselves, as SQL\n  cotton quarantine discard " + names
                + "\n      destroys them\n";
    }

    private void writeText(SchedulerClient client, Entry entry) {
        long written = 0;
        while (written < entry.bytes()) {
            byte[] piece = client.quarantineText(argument.cluster(), argument.id(), written, PIECE);
            if (piece.length == 0) {
                throw new Failure(
                        ExitCode.FAILED,
                        "The text ended after " + written + " of " + entry.bytes() + " bytes: it is not complete.");
            }
            if (!shell.terminal().write(piece)) {
                return;
            }
            written += piece.length;
        }
    }
}
