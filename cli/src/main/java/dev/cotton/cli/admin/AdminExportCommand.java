package dev.cotton.cli.admin;

import dev.cotton.cli.Shell;
import dev.cotton.cli.admin.StateFiles.Summary;
import dev.cotton.cli.options.OutputOptions;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cotton admin export}. */
@Command(
        name = "export",
        description =
                "Copy what schedulers know of a fleet from ZooKeeper into a file. Databases and schedulers go on. The"
                        + " file holds secrets, sealed with the scheduler's key.")
public final class AdminExportCommand implements Runnable {
    @Parameters(paramLabel = "FILE", description = "A new file; only you will be able to read it.")
    private Path file = Path.of("");

    @Option(
            names = "--with-key",
            description =
                    "Put the key into it too: who reads the file then knows every secret of the fleet. Without it,"
                            + " keep the key file in another place; neither is worth anything without the other.")
    private boolean withKey;

    @Mixin
    private final StateOptions state = new StateOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Shell shell;
    private final StateFiles files;

    public AdminExportCommand(Shell shell, StateFiles files) {
        this.shell = shell;
        this.files = files;
    }

    @Override
    public void run() {
        Summary written = files.write(state.place(shell), withKey, file);
        output.write(
                shell,
                SummaryJson.of(written),
                paint -> "The state of " + written.clusters() + " clusters is in " + file
                        + (written.key() ? ", with the key. Keep it as a secret." : ". Keep the key file too.") + "\n");
    }
}
