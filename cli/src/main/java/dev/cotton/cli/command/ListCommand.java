package dev.cotton.cli.command;

import dev.cotton.cli.Shell;
import dev.cotton.cli.client.Answers;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.options.ApiOptions;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.cli.view.ClusterTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cotton list}. */
@Command(name = "list", aliases = "ls", description = "List the clusters, or with --bin the deleted ones.")
public final class ListCommand implements Runnable {
    @Mixin
    private final ApiOptions api = new ApiOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Option(names = "--bin", description = "List deleted clusters whose data are still kept.")
    private boolean bin;

    private final Shell shell;

    public ListCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        SchedulerClient client = api.client(shell);
        if (bin) {
            Document<Answers.Clusters> deleted = client.bin();
            output.write(
                    shell,
                    deleted.json(),
                    paint -> ClusterTable.bin(
                            deleted.value().clusters(), shell.clock().instant(), paint));
        } else {
            Document<Answers.Clusters> live = client.clusters();
            output.write(
                    shell,
                    live.json(),
                    paint -> ClusterTable.live(
                            live.value().clusters(), shell.clock().instant(), paint));
        }
    }
}
