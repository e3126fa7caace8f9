package dev.cotton.cli.change;

import dev.cotton.cli.Shell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code cotton scale}. */
@Command(
        name = "scale",
        description =
                "Give a cluster more replicas or fewer. New ones are made from a copy of a replica's data; those that"
                        + " go leave discovery first. Clients of the primary notice nothing.")
public final class ScaleCommand implements Runnable {
    @Mixin
    private final ChangeOrder order = new ChangeOrder();

    @Option(
            names = "--instances",
            required = true,
            paramLabel = "N",
            description = "1 to 9: one primary, the rest replicas.")
    private int instances;

    private final Shell shell;

    public ScaleCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        order.follow(shell, JsonMapper.shared().createObjectNode().put("instances", instances));
    }
}
