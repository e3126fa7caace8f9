package dev.cotton.cli.change;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.Shell;
import dev.cotton.core.model.DataSize;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code cotton resize}. */
@Command(
        name = "resize",
        description = "Give the instances of a cluster another size. One by one they are replaced by new ones, replicas"
                + " first; then the primary hands over. Asking for the former size takes it back, also half-way.")
public final class ResizeCommand implements Runnable {
    @Mixin
    private final ChangeOrder order = new ChangeOrder();

    @Option(names = "--cpus", paramLabel = "CORES", description = "Of each instance, a fraction allowed.")
    private Optional<Double> cpus = Optional.empty();

    @Option(names = "--mem", paramLabel = "SIZE", description = "Memory of each instance.")
    private Optional<DataSize> mem = Optional.empty();

    @Option(names = "--disk", paramLabel = "SIZE", description = "Disk of each instance.")
    private Optional<DataSize> disk = Optional.empty();

    private final Shell shell;

    public ResizeCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        if (cpus.isEmpty() && mem.isEmpty() && disk.isEmpty()) {
            throw new Failure(ExitCode.USAGE, "Say what is to be different: --cpus, --mem or --disk.");
        }
        ObjectNode wish = JsonMapper.shared().createObjectNode();
        ObjectNode size = wish.putObject("size");
        cpus.ifPresent(cores -> size.put("cpus", cores));
        mem.ifPresent(given -> size.put("mem", given.toString()));
        disk.ifPresent(given -> size.put("disk", given.toString()));
        order.follow(shell, wish);
    }
}
