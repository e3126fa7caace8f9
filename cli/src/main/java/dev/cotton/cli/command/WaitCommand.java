package dev.cotton.cli.command;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.Shell;
import dev.cotton.cli.client.Cluster;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.follow.Patience;
import dev.cotton.cli.options.ApiOptions;
import dev.cotton.cli.options.ClusterArgument;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.cli.terminal.Spans;
import dev.cotton.cli.terminal.Steps;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cotton wait}. */
@Command(name = "wait", description = "Wait until a cluster is in a state, by default healthy, or until it is gone.")
public final class WaitCommand implements Runnable {
    private static final String GONE = "gone";
    private static final Set<String> STATES =
            Set.of("deleting", "stopped", "creating", "blocked", "primary-down", "degraded", "healthy", GONE);

    @Mixin
    private final ClusterArgument cluster = new ClusterArgument();

    @Option(
            names = "--for",
            paramLabel = "STATE",
            description = "healthy (default), degraded, creating, blocked, primary-down, stopped, deleting or gone.")
    private String state = "healthy";

    @Option(
            names = "--timeout",
            paramLabel = "SPAN",
            description = "How long at most, for instance 90s (default: 10m).")
    private Duration timeout = Duration.ofMinutes(10);

    @Mixin
    private final ApiOptions api = new ApiOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Shell shell;

    public WaitCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        if (!STATES.contains(state)) {
            throw new Failure(ExitCode.USAGE, "'" + state + "' is not a state that a cluster can be waited for in.");
        }
        SchedulerClient client = api.client(shell);
        try (Steps steps = shell.steps(output.format())) {
            steps.begin("Waiting until " + cluster.name() + " is " + state);
            Optional<Document<Cluster>> reached = await(client, steps);
            steps.done(cluster.name() + " is " + state);
            if (output.isJson()) {
                Object document = reached.<Object>map(Document::json)
                        .orElseGet(() -> Map.of("name", cluster.name(), "state", GONE));
                output.write(shell, document, paint -> "");
            }
        }
    }

    private Optional<Document<Cluster>> await(SchedulerClient client, Steps steps) {
        Patience patience = new Patience(timeout, shell.clock());
        Optional<Document<Cluster>> now = look(client);
        while (!reached(now)) {
            String why = now.map(document ->
                            document.value().state() + ": " + document.value().why())
                    .orElse("The scheduler does not answer.");
            steps.at(why);
            if (!patience.pause()) {
                steps.failed();
                throw new Failure(
                        ExitCode.TIMEOUT,
                        cluster.name() + " is not " + state + " after " + Spans.of(patience.limit()) + ". It is "
                                + why);
            }
            now = lookAgain(client, now);
        }
        return now;
    }

    private boolean reached(Optional<Document<Cluster>> now) {
        return now.map(document -> document.value().state()).orElse(GONE).equals(state);
    }

    private Optional<Document<Cluster>> look(SchedulerClient client) {
        try {
            return Optional.of(client.cluster(cluster.name()));
        } catch (Failure failure) {
            if (failure.exitCode() == ExitCode.NOT_FOUND && state.equals(GONE)) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** A scheduler that is away for a while does not end the wait. */
    private Optional<Document<Cluster>> lookAgain(SchedulerClient client, Optional<Document<Cluster>> last) {
        try {
            return look(client);
        } catch (Failure failure) {
            if (failure.exitCode() == ExitCode.UNREACHABLE) {
                return last;
            }
            throw failure;
        }
    }
}
