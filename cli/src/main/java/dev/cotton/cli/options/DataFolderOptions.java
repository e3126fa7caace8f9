package dev.cotton.cli.options;

import dev.cotton.cli.Shell;
import dev.cotton.cli.machine.DataFolder;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which data folder of this machine a command is about. */
public final class DataFolderOptions {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "The folder with everything that Cotton keeps on this machine. By default COTTON_DATA_DIR;"
                    + " else /var/lib/cotton for root and $XDG_DATA_HOME/cotton or ~/.local/share/cotton for others.")
    private Optional<Path> dataDir = Optional.empty();

    public DataFolder folder(Shell shell) {
        return shell.dataFolder(dataDir);
    }
}
