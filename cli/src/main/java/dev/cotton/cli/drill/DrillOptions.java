package dev.cotton.cli.drill;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.faults.Fault;
import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.DataSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a drill is to be like. */
public final class DrillOptions {
    @Option(
            names = "--fault",
            paramLabel = "FAULT",
            split = ",",
            converter = Fault.Parser.class,
            completionCandidates = Fault.Names.class,
            description = "What happens, in this order: ${COMPLETION-CANDIDATES} (default: all that are possible).")
    private List<Fault> faults = List.of();

    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            description =
                    "Drill this cluster of yours, on this machine, with a schema of the drill's own that is removed"
                            + " at the end. Asks for its name. Schedulers and ZooKeeper are left alone.")
    private Optional<ClusterName> cluster = Optional.empty();

    @Option(names = "--with-user-schemas", description = "Drill it although it has schemas of its users.")
    private boolean withUserSchemas;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Option(names = "--instances", paramLabel = "N", description = "How many the throwaway cluster has (default: 3).")
    private int instances = 3;

    @Option(names = "--writers", paramLabel = "N", description = "How many clients write (default: 16).")
    private int writers = 16;

    @Option(
            names = "--duration",
            paramLabel = "SPAN",
            description = "After that no further fault is injected (default: 10m).")
    private Duration duration = Duration.ofMinutes(10);

    @Option(
            names = "--most-data",
            paramLabel = "SIZE",
            description = "When the rows take so much no further fault is injected (default: 200mb).")
    private DataSize mostData = DataSize.ofMegabytes(200);

    @Option(
            names = "--timeout",
            paramLabel = "SPAN",
            description = "How long the cluster may take to get healthy after a fault (default: 2m).")
    private Duration timeout = Duration.ofMinutes(2);

    @Option(
            names = "--report",
            paramLabel = "FOLDER",
            description = "Where to write drill.json and drill.html, with a picture of every fault.")
    private Optional<Path> report = Optional.empty();

    void check() {
        if (instances < 2 || instances > 9 || writers < 1 || writers > 40) {
            throw new Failure(
                    ExitCode.USAGE, "--instances are from 2 to 9, and --writers from 1 to 40. Nothing was done.");
        }
    }

    /** Empty for all that are possible. */
    List<Fault> faults() {
        return faults;
    }

    /** Whether hosts and disks are needed, as far as there can be any. */
    boolean breaksMachines() {
        return faults.isEmpty() || faults.stream().anyMatch(Fault::breaksMachines);
    }

    /** Absent for one that is made for the drill. */
    Optional<ClusterName> cluster() {
        return cluster;
    }

    boolean withUserSchemas() {
        return withUserSchemas;
    }

    boolean yes() {
        return yes;
    }

    int instances() {
        return instances;
    }

    int writers() {
        return writers;
    }

    Duration timeout() {
        return timeout;
    }

    Drill.Bounds bounds() {
        return new Drill.Bounds(duration, mostData);
    }

    Optional<Path> report() {
        return report;
    }
}
