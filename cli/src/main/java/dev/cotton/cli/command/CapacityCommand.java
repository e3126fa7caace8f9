package dev.cotton.cli.command;

import dev.cotton.cli.Shell;
import dev.cotton.cli.client.Capacity;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.options.ApiOptions;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.cli.view.CapacityText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cotton capacity}. */
@Command(
        name = "capacity",
        description = "Show what there is for instances and what of it is given away, and on a fleet the quota of the"
                + " roles that clusters use.")
public final class CapacityCommand implements Runnable {
    @Mixin
    private final ApiOptions api = new ApiOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Shell shell;

    public CapacityCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        Document<Capacity> capacity = api.client(shell).capacity();
        output.write(shell, capacity.json(), paint -> CapacityText.of(capacity.value(), paint));
    }
}
