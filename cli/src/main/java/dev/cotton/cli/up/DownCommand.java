package dev.cotton.cli.up;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.Shell;
import dev.cotton.cli.client.Cluster;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.client.Operation;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.follow.OperationFollower;
import dev.cotton.cli.follow.Patience;
import dev.cotton.cli.machine.DataFolder;
import dev.cotton.cli.machine.Launcher;
import dev.cotton.cli.machine.RunningScheduler;
import dev.cotton.cli.options.DataFolderOptions;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.cli.terminal.Spans;
import dev.cotton.cli.terminal.Steps;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cotton down}. */
@Command(name = "down", description = "Stop the scheduler of this machine, and with --all the databases first.")
public final class DownCommand implements Runnable {
    @Option(
            names = "--all",
            description =
                    "Stop all databases cleanly first. Their data stay, and the next 'cotton up' starts them again.")
    private boolean all;

    @Option(names = "--timeout", paramLabel = "SPAN", description = "How long to wait at most (default: 5m).")
    private Duration timeout = Duration.ofMinutes(5);

    @Mixin
    private final DataFolderOptions data = new DataFolderOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Shell shell;

    public DownCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        DataFolder folder = data.folder(shell);
        Patience patience = new Patience(timeout, shell.clock());
        try (Steps steps = shell.steps(output.format())) {
            List<String> stopped = all ? stopDatabases(folder, steps, patience) : List.of();
            List<RunningScheduler> running = folder.runningSchedulers();
            running.forEach(scheduler -> stop(scheduler, steps, patience));
            output.write(
                    shell,
                    Map.of("schedulerStopped", !running.isEmpty(), "clustersStopped", stopped),
                    paint -> !running.isEmpty() ? "" : "No scheduler runs on the data folder " + folder.path() + ".\n");
        }
    }

    private List<String> stopDatabases(DataFolder folder, Steps steps, Patience patience) {
        if (!folder.exists()) {
            return List.of();
        }
        SchedulerClient client = SchedulerLink.to(running(folder, steps, patience));
        new ClusterUp(client, steps, patience).ready();
        List<String> names = client.clusters().value().clusters().stream()
                .filter(cluster -> cluster.power().equals("on"))
                .map(Cluster::name)
                .toList();
        StoppedClusters stopped = new StoppedClusters(folder);
        stopped.remember(Stream.concat(stopped.names().stream(), names.stream())
                .distinct()
                .toList());
        Map<String, Document<Operation>> operations = new LinkedHashMap<>();
        names.forEach(name -> operations.put(name, client.stop(name)));
        operations.forEach((name, operation) -> {
            new OperationFollower(client, steps, patience).follow(operation, "Stopping " + name);
            steps.done(name + " is stopped; its data stay");
        });
        return names;
    }

    /** Only a scheduler can stop databases cleanly: without one, one like the last is started for that. */
    private static RunningScheduler running(DataFolder folder, Steps steps, Patience patience) {
        Background background = new Background(folder);
        return folder.runningScheduler().isPresent()
                ? background.await(steps, patience)
                : background.start(
                        Launcher.ofProcess(),
                        UpCall.last(folder).orElseGet(() -> new UpCall(folder.path(), List.of())),
                        steps,
                        patience);
    }

    private static void stop(RunningScheduler scheduler, Steps steps, Patience patience) {
        steps.begin("Stopping the scheduler");
        scheduler.process().handle().ifPresent(process -> {
            if (!process.destroy()) {
                throw new Failure(
                        ExitCode.FORBIDDEN,
                        "The scheduler (process " + process.pid() + ") cannot be stopped by this user.");
            }
        });
        while (scheduler.process().lives()) {
            if (!patience.pause()) {
                steps.failed();
                throw new Failure(
                        ExitCode.TIMEOUT,
                        "The scheduler (process " + scheduler.process().pid() + ") still runs after "
                                + Spans.of(patience.limit()) + ". Its log is " + scheduler.log() + ".");
            }
        }
        steps.done("The scheduler has stopped");
    }
}
