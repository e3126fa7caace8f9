package dev.cotton.cli.options;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.Shell;
import dev.cotton.cli.client.SchedulerAddress;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.machine.DataFolder;
import dev.cotton.cli.machine.RunningScheduler;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which scheduler a command talks to. */
public final class ApiOptions {
    @Mixin
    private final DataFolderOptions dataFolder = new DataFolderOptions();

    @Option(
            names = "--api-url",
            paramLabel = "URL",
            description = "The scheduler's URL. By default COTTON_API_URL; else the one that runs on the data folder.")
    private Optional<String> apiUrl = Optional.empty();

    @Option(
            names = "--api-token-file",
            paramLabel = "FILE",
            description = "A file with the scheduler's API token. By default COTTON_API_TOKEN_FILE.")
    private Optional<Path> apiTokenFile = Optional.empty();

    @Option(
            names = "--api-ca-file",
            paramLabel = "FILE",
            description =
                    "The certificate (PEM) that an https scheduler is verified with. By default COTTON_API_CA_FILE;"
                            + " else the system's.")
    private Optional<Path> apiCaFile = Optional.empty();

    public DataFolder dataFolder(Shell shell) {
        return dataFolder.folder(shell);
    }

    /** @throws Failure when no scheduler is named and none runs here */
    public SchedulerClient client(Shell shell) {
        Optional<URI> named = apiUrl.or(() -> shell.variable("COTTON_API_URL")).map(ApiOptions::parse);
        Optional<RunningScheduler> here = named.isPresent() ? Optional.empty() : Optional.of(runningHere(shell));
        URI url = named.or(() -> here.flatMap(RunningScheduler::url)).orElseThrow(() -> starting(shell));
        try {
            return new SchedulerClient(new SchedulerAddress(
                    url,
                    file(shell, apiTokenFile, "COTTON_API_TOKEN_FILE")
                            .or(() -> here.flatMap(RunningScheduler::tokenFile)),
                    file(shell, apiCaFile, "COTTON_API_CA_FILE").or(() -> here.flatMap(RunningScheduler::authority))));
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    private static Optional<Path> file(Shell shell, Optional<Path> given, String variable) {
        return given.or(() -> shell.variable(variable).map(Path::of));
    }

    private static URI parse(String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, "'" + url + "' is not a URL.", e);
        }
    }

    private RunningScheduler runningHere(Shell shell) {
        DataFolder folder = dataFolder(shell);
        return folder.runningScheduler()
                .orElseThrow(() -> new Failure(
                        ExitCode.UNREACHABLE,
                        "No scheduler runs on the data folder " + folder.path()
                                + ". Start one with: cotton up. Or name one that runs elsewhere with --api-url."));
    }

    private Failure starting(Shell shell) {
        return new Failure(
                ExitCode.UNREACHABLE,
                "The scheduler on " + dataFolder(shell).path() + " is still starting; its log is "
                        + dataFolder(shell).schedulerLog() + ".");
    }
}
