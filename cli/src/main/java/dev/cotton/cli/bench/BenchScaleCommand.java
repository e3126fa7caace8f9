package dev.cotton.cli.bench;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.Shell;
import dev.cotton.cli.machine.Mysql;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.core.model.DataSize;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cotton bench scale}. */
@Command(
        name = "scale",
        description =
                "Measure how long it takes until a cluster of two has another replica in sync, in turn with a floor:"
                        + " a copy by hand. Also how long nothing can be written while all instances get another size.")
public final class BenchScaleCommand implements Runnable {
    @Option(names = "--size", paramLabel = "SIZE", description = "The data (default: 1gb).")
    private DataSize size = DataSize.ofMegabytes(1024);

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds of another replica (default: 1).")
    private int rounds = 1;

    @Option(
            names = "--switchovers",
            paramLabel = "N",
            description = "How many switchovers a resize is compared with (default: 3).")
    private int switchovers = 3;

    @Option(
            names = "--timeout",
            paramLabel = "SPAN",
            description = "How long each step may take at most (default: 15m).")
    private Duration timeout = Duration.ofMinutes(15);

    @Mixin
    private final ThrowawayOptions throwaway = new ThrowawayOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Shell shell;
    private final Mysql mysql;

    public BenchScaleCommand(Shell shell, Mysql mysql) {
        this.shell = shell;
        this.mysql = mysql;
    }

    @Override
    public void run() {
        if (rounds < 1 || switchovers < 1 || size.megabytes() < 1) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--rounds and --switchovers are at least 1, and --size at least 1mb. Nothing was measured.");
        }
        ScaleBench.Plan plan = new ScaleBench.Plan(size, rounds, switchovers, timeout);
        BenchReport report = new BenchReport(
                "Another replica from the request until it is in sync",
                throwaway.run(shell, mysql, output.format(), place -> new ScaleBench(place, plan).run()));
        output.write(shell, report.json(), report::text);
    }
}
