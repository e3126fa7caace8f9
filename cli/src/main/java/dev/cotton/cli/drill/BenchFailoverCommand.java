package dev.cotton.cli.drill;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.Shell;
import dev.cotton.cli.bench.ThrowawayOptions;
import dev.cotton.cli.faults.Fault;
import dev.cotton.cli.machine.Mysql;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.core.model.DataSize;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cotton bench failover}. */
@Command(
        name = "failover",
        description = "Measure how long nothing can be written to a cluster of three (for replica-dead, two) when"
                + " something goes wrong, and check that nothing is lost meanwhile.")
public final class BenchFailoverCommand implements Runnable {
    @Option(names = "--rounds", paramLabel = "N", description = "Rounds of each fault (default: 5).")
    private int rounds = 5;

    @Option(
            names = "--fault",
            paramLabel = "FAULT",
            split = ",",
            converter = Fault.Parser.class,
            completionCandidates = Fault.Names.class,
            description = "What happens, in this order: ${COMPLETION-CANDIDATES} (default:"
                    + " kill-primary,hang-primary,switchover,replica-dead and, where this machine allows hosts of its own,"
                    + " isolated,replication-only).")
    private List<Fault> faults = List.of();

    @Option(
            names = "--floor-rounds",
            paramLabel = "N",
            description = "Rounds of the same by hand, without Cotton, for kill-primary and switchover (default: 0).")
    private int floorRounds;

    @Option(names = "--writers", paramLabel = "N", description = "How many clients write (default: 8).")
    private int writers = 8;

    @Option(
            names = "--timeout",
            paramLabel = "SPAN",
            description = "How long a cluster may take to get healthy after a fault (default: 2m).")
    private Duration timeout = Duration.ofMinutes(2);

    @Option(
            names = "--data",
            paramLabel = "SIZE",
            description = "What the cluster holds besides, for instance 1gb: a member that gets a new copy takes longer"
                    + " then (default: next to nothing).")
    private DataSize data = new DataSize(0);

    @Mixin
    private final ThrowawayOptions throwaway = new ThrowawayOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Shell shell;
    private final Mysql mysql;

    public BenchFailoverCommand(Shell shell, Mysql mysql) {
        this.shell = shell;
        this.mysql = mysql;
    }

    @Override
    public void run() {
        check();
        FailoverBench.Plan plan = new FailoverBench.Plan(faults, rounds, floorRounds, writers, data, timeout);
        report(throwaway.run(shell, mysql, output.format(), place -> new FailoverBench(place, plan).run()));
    }

    private void check() {
        if (faults.stream().anyMatch(fault -> fault.toString().startsWith("zookeeper"))) {
            throw new Failure(ExitCode.USAGE, "The ZooKeeper of a bench is in its scheduler; cotton drill stops one.");
        }
        if (rounds < 1 || floorRounds < 0 || writers < 1 || writers > 40) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--rounds is at least 1, --floor-rounds not negative, and --writers from 1 to 40. Nothing was"
                            + " measured.");
        }
    }

    private void report(FailoverResult result) {
        FailoverReport report = new FailoverReport(result);
        output.write(shell, report.json(), report::text);
        if (!result.failed().isEmpty()) {
            throw new Failure(
                    ExitCode.FAILED,
                    result.failed().size() + " rounds failed: "
                            + String.join("; ", result.failed().getFirst().complaints()) + ".");
        }
    }
}
