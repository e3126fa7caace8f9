package dev.cotton.cli.command;

import dev.cotton.cli.Shell;
import dev.cotton.cli.client.Answers;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.options.ApiOptions;
import dev.cotton.cli.options.ClusterArgument;
import dev.cotton.cli.options.OutputOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cotton credentials}. */
@Command(name = "credentials", description = "Print the user and the password of a cluster. The password is a secret.")
public final class CredentialsCommand implements Runnable {
    @Mixin
    private final ClusterArgument cluster = new ClusterArgument();

    @Mixin
    private final ApiOptions api = new ApiOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Shell shell;

    public CredentialsCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        Document<Answers.Credentials> document = api.client(shell).credentials(cluster.name());
        Answers.Credentials credentials = document.value();
        output.write(
                shell,
                document.json(),
                paint -> "user       " + credentials.user() + "\npassword   " + credentials.password() + "\ndiscovery  "
                        + credentials.clusterUrl() + "\n");
    }
}
