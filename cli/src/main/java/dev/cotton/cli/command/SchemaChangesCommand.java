package dev.cotton.cli.command;

import dev.cotton.cli.Shell;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.client.SchemaChanges;
import dev.cotton.cli.options.ApiOptions;
import dev.cotton.cli.options.ClusterArgument;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.cli.view.SchemaChangesText;
import java.time.Duration;
import java.time.ZoneId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cotton schema-changes}. */
@Command(
        name = "schema-changes",
        description = "The statements that changed schemas and accounts of late, with the GTIDs that --before-gtid and"
                + " --skip-gtid of a restore take.")
public final class SchemaChangesCommand implements Runnable {
    @Mixin
    private final ClusterArgument cluster = new ClusterArgument();

    @Option(
            names = "--last",
            paramLabel = "SPAN",
            description = "How far to look back, for instance 30m (default: 24h).")
    private Duration last = Duration.ofDays(1);

    @Mixin
    private final ApiOptions api = new ApiOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Shell shell;

    public SchemaChangesCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        Document<SchemaChanges> found = api.client(shell).schemaChanges(cluster.name(), last);
        output.write(shell, found.json(), paint -> SchemaChangesText.of(found.value(), ZoneId.systemDefault(), paint));
    }
}
