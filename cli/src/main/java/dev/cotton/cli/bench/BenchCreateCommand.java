package dev.cotton.cli.bench;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.Shell;
import dev.cotton.cli.machine.Mysql;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.core.port.Installation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cotton bench create}. */
@Command(
        name = "create",
        description =
                "Measure how long clusters take from the request until they are healthy, in turn with a floor: the least"
                        + " that it takes by hand. Also what executors and the scheduler take of the memory.")
public final class BenchCreateCommand implements Runnable {
    @Option(names = "--rounds", paramLabel = "N", description = "Rounds of each measurement (default: 3).")
    private int rounds = 3;

    @Option(
            names = "--instances",
            paramLabel = "N",
            split = ",",
            description = "The sizes of clusters that are measured (default: 1,3,5).")
    private List<Integer> sizes = List.of(1, 3, 5);

    @Option(
            names = "--clusters",
            paramLabel = "N",
            description = "Measure what the scheduler takes with so many clusters of one instance, for instance 10"
                    + " (default: 0, not at all).")
    private int clusters;

    @Option(
            names = "--cpus",
            paramLabel = "CORES",
            description = "Of each instance, a fraction allowed (default: 1.0). Less lets more instances fit on this"
                    + " machine, and makes them slower where limits can be set.")
    private double cpus = 1;

    @Option(
            names = "--timeout",
            paramLabel = "SPAN",
            description = "How long one cluster may take at most (default: 5m).")
    private Duration timeout = Duration.ofMinutes(5);

    @Mixin
    private final ThrowawayOptions throwaway = new ThrowawayOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Shell shell;
    private final Mysql mysql;

    public BenchCreateCommand(Shell shell, Mysql mysql) {
        this.shell = shell;
        this.mysql = mysql;
    }

    @Override
    public void run() {
        check();
        CreateReport report = new CreateReport(throwaway.run(shell, mysql, output.format(), this::measure));
        output.write(shell, report.json(), report::text);
    }

    private CreateResult measure(Throwaway place) throws IOException, InterruptedException {
        double loadBefore = Memory.load();
        Installation installation = place.installation();
        ThrowawayScheduler scheduler = place.scheduler(installation, List.of());
        try (Floor floor = Floor.in(place.playground(), installation, throwaway.frameworkUser())) {
            return new CreateBench(scheduler, floor, cpus, rounds, timeout, place.steps())
                    .run(sizes, clusters, installation.version(), loadBefore);
        }
    }

    private void check() {
        if (rounds < 1 || clusters < 0 || sizes.isEmpty() || sizes.stream().anyMatch(size -> size < 1 || size > 9)) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--rounds is at least 1, --clusters not negative, and --instances are from 1 to 9. Nothing was"
                            + " measured.");
        }
    }
}
