package dev.cotton.cli.admin;

import dev.cotton.cli.Shell;
import dev.cotton.cli.admin.StateFiles.Summary;
import dev.cotton.cli.options.OutputOptions;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cotton admin import}. */
@Command(
        name = "import",
        description =
                "Bring what schedulers knew of a fleet back into a ZooKeeper that has none, after the former one is lost"
                        + " for good. Before the first scheduler is started: it asks every member of a cluster whether it has seen"
                        + " anything newer than the file, and does nothing to those that have.")
public final class AdminImportCommand implements Runnable {
    @Parameters(paramLabel = "FILE", description = "A file that admin export has written; the newest there is.")
    private Path file = Path.of("");

    @Mixin
    private final StateOptions state = new StateOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Shell shell;
    private final StateFiles files;

    public AdminImportCommand(Shell shell, StateFiles files) {
        this.shell = shell;
        this.files = files;
    }

    @Override
    public void run() {
        Summary read = files.read(state.place(shell), file);
        output.write(
                shell,
                SummaryJson.of(read),
                paint -> read.clusters() + " clusters are known again, as they were at " + read.at()
                        + ". Start a scheduler now.\n");
    }
}
