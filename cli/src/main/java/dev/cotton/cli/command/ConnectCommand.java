package dev.cotton.cli.command;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.Shell;
import dev.cotton.cli.client.Answers.Credentials;
import dev.cotton.cli.client.Cluster;
import dev.cotton.cli.client.Instance;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.machine.Account;
import dev.cotton.cli.machine.DataFolder;
import dev.cotton.cli.machine.Mysql;
import dev.cotton.cli.mysql.MysqlSession;
import dev.cotton.cli.mysql.OptionFile;
import dev.cotton.cli.options.ApiOptions;
import dev.cotton.cli.options.ClusterArgument;
import dev.cotton.cli.options.MysqlOptions;
import dev.cotton.cli.terminal.OutputFormat;
import dev.cotton.cli.terminal.Steps;
import dev.cotton.core.model.Endpoint;
import dev.cotton.core.model.InstanceId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cotton connect}. */
@Command(
        name = "connect",
        description =
                "Open MySQL's client on the primary of a cluster, with TLS and as the cluster's user. Exits as the"
                        + " client does.")
public final class ConnectCommand implements Callable<Integer> {
    @Mixin
    private final ClusterArgument cluster = new ClusterArgument();

    @Parameters(
            index = "1..*",
            paramLabel = "ARGUMENT",
            description = "Arguments for the client, after --. For instance: cotton connect demo -- -e 'SELECT 1'")
    private List<String> arguments = List.of();

    @Option(names = "--instance", paramLabel = "INSTANCE", description = "Connect to this one instead of the primary.")
    private Optional<InstanceId> instance = Optional.empty();

    @Mixin
    private final ApiOptions api = new ApiOptions();

    @Mixin
    private final MysqlOptions wanted = new MysqlOptions();

    private final Shell shell;
    private final Mysql mysql;

    public ConnectCommand(Shell shell, Mysql mysql) {
        this.shell = shell;
        this.mysql = mysql;
    }

    @Override
    public Integer call() {
        SchedulerClient client = api.client(shell);
        Endpoint server = server(client.cluster(cluster.name()).value());
        Credentials credentials = client.credentials(cluster.name()).value();
        MysqlSession session = new MysqlSession(program(), Account.runtime(shell.environment()));
        return session.run(
                client.certificateAuthority(),
                authority -> new OptionFile(server, credentials.user(), credentials.password(), authority),
                arguments);
    }

    private Path program() {
        DataFolder folder = api.dataFolder(shell);
        try (Steps steps = shell.steps(OutputFormat.TEXT)) {
            return mysql.installed(folder, wanted, steps).mysql();
        }
    }

    private Endpoint server(Cluster shown) {
        Optional<Instance> wanted =
                instance.map(InstanceId::toString).or(shown::primary).flatMap(shown::instance);
        if (wanted.isEmpty() && instance.isPresent()) {
            throw new Failure(ExitCode.NOT_FOUND, shown.name() + " has no instance " + instance.get() + ".");
        }
        String address = wanted.flatMap(Instance::mysqlEndpoint)
                .orElseThrow(() -> new Failure(
                        ExitCode.CONFLICT,
                        shown.name() + " cannot be connected to yet; it is " + shown.state() + ": " + shown.why()));
        return parse(address);
    }

    private static Endpoint parse(String address) {
        int colon = address.lastIndexOf(':');
        String host = address.substring(0, colon).replace("[", "").replace("]", "");
        return new Endpoint(host, Integer.parseInt(address.substring(colon + 1)));
    }
}
