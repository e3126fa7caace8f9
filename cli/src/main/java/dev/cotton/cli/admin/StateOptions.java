package dev.cotton.cli.admin;

import dev.cotton.cli.Shell;
import dev.cotton.cli.options.DataFolderOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which fleet's state. */
final class StateOptions {
    @Option(
            names = "--zk-url",
            paramLabel = "URL",
            description =
                    "The fleet's ZooKeeper, zk://user:password@host:port/path, or file:///a/file with that (default:"
                            + " the one of the scheduler on this machine).")
    private Optional<URI> zkUrl = Optional.empty();

    @Option(
            names = "--scheduler-keypath",
            paramLabel = "FILE",
            description = "The key that the fleet's secrets are sealed with (default: the one in the data folder).")
    private Optional<Path> key = Optional.empty();

    @Mixin
    private final DataFolderOptions data = new DataFolderOptions();

    StateFiles.Place place(Shell shell) {
        return new StateFiles.Place(data.folder(shell), zkUrl, key);
    }
}
