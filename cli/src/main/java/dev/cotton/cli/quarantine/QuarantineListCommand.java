package dev.cotton.cli.quarantine;

import dev.cotton.cli.Shell;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.client.Quarantine;
import dev.cotton.cli.options.ApiOptions;
import dev.cotton.cli.options.ClusterArgument;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.cli.view.QuarantineText;
import java.time.ZoneId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cotton quarantine list}. */
@Command(name = "list", aliases = "ls", description = "List what is saved of a cluster, the oldest first.")
public final class QuarantineListCommand implements Runnable {
    @Mixin
    private final ClusterArgument cluster = new ClusterArgument();

    @Mixin
    private final ApiOptions api = new ApiOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Shell shell;

    public QuarantineListCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        Document<Quarantine> quarantine = api.client(shell).quarantine(cluster.name());
        output.write(
                shell,
                quarantine.json(),
                paint -> QuarantineText.list(cluster.name(), quarantine.value(), ZoneId.systemDefault(), paint));
    }
}
