package dev.cotton.cli.follow;

import dev.cotton.cli.Shell;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.client.Operation;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.options.ApiOptions;
import dev.cotton.cli.options.ClusterArgument;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.cli.options.WaitOptions;
import picocli.CommandLine.Mixin;

/** The options of every command that starts an operation on one cluster and waits for its end. */
public final class ClusterOrder {
    @Mixin
    private final ClusterArgument cluster = new ClusterArgument();

    @Mixin
    private final WaitOptions wait = new WaitOptions();

    @Mixin
    private final ApiOptions api = new ApiOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    /** The cluster. */
    public String name() {
        return cluster.name();
    }

    public SchedulerClient client(Shell shell) {
        return api.client(shell);
    }

    public OutputOptions output() {
        return output;
    }

    /**
     * Sees a replacement through: the former cluster's end, then the creation of the one that takes its name.
     *
     * @param result as of {@link #follow}
     */
    public void followReplacement(Shell shell, SchedulerClient client, Document<Operation> started, String result) {
        new Followed(shell, output, wait).replacement(client, started, name(), result);
    }

    /**
     * Sees an operation through, as {@link Followed#end} does.
     *
     * @param title what is going on, for instance {@code Stopping demo}
     * @param result what is so at the end, for instance {@code demo is stopped}
     */
    public void follow(Shell shell, SchedulerClient client, Document<Operation> started, String title, String result) {
        new Followed(shell, output, wait).end(client, started, title, result);
    }
}
