package dev.cotton.cli.command;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.Shell;
import dev.cotton.cli.backup.BackupFollower;
import dev.cotton.cli.backup.CopiedCluster;
import dev.cotton.cli.client.Cluster;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.client.Operation;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.follow.Followed;
import dev.cotton.cli.options.ApiOptions;
import dev.cotton.cli.options.ClusterArgument;
import dev.cotton.cli.options.CreateOptions;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.cli.options.WaitOptions;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** {@code cotton create}. */
@Command(name = "create", description = "Create a cluster and wait until it is healthy.")
public final class CreateCommand implements Runnable {
    @Mixin
    private final ClusterArgument cluster = new ClusterArgument();

    @Mixin
    private final CreateOptions options = new CreateOptions();

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "Makes the command safe to repeat: with the same key it creates the cluster once.")
    private Optional<String> idempotencyKey = Optional.empty();

    @Mixin
    private final WaitOptions wait = new WaitOptions();

    @Mixin
    private final ApiOptions api = new ApiOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Shell shell;

    public CreateCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        String name = cluster.name();
        SchedulerClient client = api.client(shell);
        ObjectNode request = options.request(name);
        options.from().ifPresent(source -> request.set("from", copied(client, name, source)));
        Document<Operation> started = client.create(request, idempotencyKey);
        new Followed(shell, output, wait).end(client, started, "Creating " + name, name + " is healthy");
        if (wait.waits() && !output.isJson()) {
            shell.terminal().print(next(client.cluster(name).value()));
        }
    }

    private ObjectNode copied(SchedulerClient client, String name, String source) {
        if (client.clusters().value().clusters().stream()
                .anyMatch(cluster -> cluster.name().equals(name))) {
            throw new Failure(ExitCode.CONFLICT, "A cluster named " + name + " exists; nothing was changed.");
        }
        return new CopiedCluster(new BackupFollower(shell, output, wait)).of(client, source);
    }

    private static String next(Cluster created) {
        String address = created.primaryInstance()
                .flatMap(primary -> primary.mysqlEndpoint())
                .map(endpoint -> "Its primary is at " + endpoint + ". ")
                .orElse("");
        return address + "Open it with: cotton connect " + created.name() + "\n";
    }
}
