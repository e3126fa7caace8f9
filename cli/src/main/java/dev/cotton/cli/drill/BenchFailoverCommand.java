package dev.cotton.cli.drill;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.Shell;
import dev.cotton.cli.bench.FailoverFloor;
import dev.cotton.cli.bench.Memory;
import dev.cotton.cli.bench.Playground;
import dev.cotton.cli.bench.Samples;
import dev.cotton.cli.bench.ThrowawayOptions;
import dev.cotton.cli.bench.ThrowawayScheduler;
import dev.cotton.cli.bench.Timed;
import dev.cotton.cli.faults.Fault;
import dev.cotton.cli.faults.Scene;
import dev.cotton.cli.machine.Mysql;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.cli.terminal.Steps;
import dev.cotton.core.port.Installation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
                    + " kill-primary,hang-primary,switchover,replica-dead).")
    private List<Fault> faults = List.of(Fault.KILL_PRIMARY, Fault.HANG_PRIMARY, Fault.SWITCHOVER, Fault.REPLICA_DEAD);

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
        if (faults.stream().anyMatch(fault -> fault.toString().startsWith("zookeeper"))) {
            throw new Failure(ExitCode.USAGE, "The ZooKeeper of a bench is in its scheduler; cotton drill stops one.");
        }
        if (rounds < 1 || floorRounds < 0 || writers < 1 || writers > 40) {
            throw new Failure(
                    ExitCode.USAGE, "--rounds is at least 1, and --writers from 1 to 40. Nothing was measured.");
        }
        try (Steps steps = shell.steps(output.format())) {
            double loadBefore = Memory.load();
            Installation installation = throwaway.installation(shell, mysql, steps);
            Map<Fault, List<RoundResult>> results;
            Map<Fault, List<Timed>> floor;
            try (Playground playground = throwaway.playground()) {
                ThrowawayScheduler scheduler = throwaway.start(shell, playground, installation, steps);
                results = measure(
                        scheduler,
                        new Stage(
                                Scene.of(scheduler, Optional.empty()),
                                playground.data().path()),
                        steps);
                floor = byHand(playground, installation, steps);
            }
            report(new FailoverResult(
                    installation.version(),
                    new FailoverResult.Load(Runtime.getRuntime().availableProcessors(), loadBefore, writers),
                    results,
                    floor));
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, "It could not be measured: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.INTERRUPTED, "Interrupted.", e);
        }
    }

    private Map<Fault, List<RoundResult>> measure(ThrowawayScheduler scheduler, Stage stage, Steps steps)
            throws IOException, InterruptedException {
        Map<Fault, List<RoundResult>> results = new LinkedHashMap<>();
        Map<Integer, Rounds> clusters = new LinkedHashMap<>();
        for (Fault fault : faults) {
            int instances = fault == Fault.REPLICA_DEAD ? 2 : 3;
            if (!clusters.containsKey(instances)) {
                steps.begin("Creating a cluster of " + instances);
                clusters.put(instances, stage.create(scheduler, "bench-" + instances, instances, writers, timeout));
                steps.done("There is a cluster of " + instances);
            }
            results.put(fault, measure(clusters.get(instances), fault, steps));
        }
        for (int instances : clusters.keySet()) {
            scheduler.destroy("bench-" + instances);
        }
        return results;
    }

    private Map<Fault, List<Timed>> byHand(Playground playground, Installation installation, Steps steps)
            throws IOException, InterruptedException {
        Map<Fault, List<Timed>> rounds = new LinkedHashMap<>();
        if (floorRounds == 0 || (!faults.contains(Fault.KILL_PRIMARY) && !faults.contains(Fault.SWITCHOVER))) {
            return rounds;
        }
        steps.begin("Preparing the floor");
        FailoverFloor floor = FailoverFloor.in(playground, installation, throwaway.frameworkUser(), writers);
        for (int round = 1; round <= floorRounds; round++) {
            steps.begin("By hand, round " + round + " of " + floorRounds);
            if (faults.contains(Fault.KILL_PRIMARY)) {
                rounds.computeIfAbsent(Fault.KILL_PRIMARY, first -> new ArrayList<>())
                        .add(floor.failOver());
            }
            if (faults.contains(Fault.SWITCHOVER)) {
                rounds.computeIfAbsent(Fault.SWITCHOVER, first -> new ArrayList<>())
                        .add(floor.switchOver());
            }
            steps.done("By hand, round " + round + " of " + floorRounds);
        }
        return rounds;
    }

    private List<RoundResult> measure(Rounds cluster, Fault fault, Steps steps)
            throws IOException, InterruptedException {
        List<RoundResult> results = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            steps.begin(fault + ", round " + round + " of " + rounds);
            RoundResult result = cluster.run(fault);
            results.add(result);
            steps.done(fault + ", round " + round + ": "
                    + Samples.rounded(result.gap()) + " s without writes"
                    + (result.passed() ? "" : "; " + String.join("; ", result.complaints())));
        }
        return results;
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
