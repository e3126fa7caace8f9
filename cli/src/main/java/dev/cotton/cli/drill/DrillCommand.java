package dev.cotton.cli.drill;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.Shell;
import dev.cotton.cli.bench.Playground;
import dev.cotton.cli.bench.ThrowawayOptions;
import dev.cotton.cli.bench.ThrowawayScheduler;
import dev.cotton.cli.machine.Mysql;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.cli.terminal.Steps;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.port.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code cotton drill}. */
@Command(
        name = "drill",
        description = "Show on this machine that a cluster loses nothing: clients write to a throwaway cluster while"
                + " servers are killed, hang and are switched over; afterwards every member has to have every"
                + " acknowledged row exactly once. Your own clusters are not touched.")
public final class DrillCommand implements Runnable {
    @Option(
            names = "--fault",
            paramLabel = "FAULT",
            split = ",",
            converter = Fault.Parser.class,
            completionCandidates = Fault.Names.class,
            description = "What happens, in this order: ${COMPLETION-CANDIDATES} (default: all of them).")
    private List<Fault> faults = List.of(Fault.values());

    @Option(names = "--instances", paramLabel = "N", description = "How many the cluster has (default: 3).")
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
    private Optional<Path> reportFolder = Optional.empty();

    @Mixin
    private final ThrowawayOptions throwaway = new ThrowawayOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Shell shell;
    private final Mysql mysql;

    public DrillCommand(Shell shell, Mysql mysql) {
        this.shell = shell;
        this.mysql = mysql;
    }

    @Override
    public void run() {
        check();
        try (Steps steps = shell.steps(output.format())) {
            if (reportFolder.isPresent()) {
                Files.createDirectories(reportFolder.get());
            }
            Installation installation = throwaway.installation(shell, mysql, steps);
            DrillResult result;
            try (Playground playground = throwaway.playground()) {
                ThrowawayScheduler scheduler = throwaway.start(shell, playground, installation, steps);
                result = drill(new Stage(scheduler, playground), installation.version(), steps);
            }
            report(result);
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, "The drill could not be done: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.INTERRUPTED, "Interrupted.", e);
        }
    }

    private void check() {
        if (instances < 2 || instances > 9 || writers < 1 || writers > 40 || faults.isEmpty()) {
            throw new Failure(
                    ExitCode.USAGE, "--instances are from 2 to 9, and --writers from 1 to 40. Nothing was done.");
        }
        if (instances < 3 && faults.contains(Fault.KILL_REPLICA_THEN_PRIMARY)) {
            throw new Failure(
                    ExitCode.USAGE,
                    Fault.KILL_REPLICA_THEN_PRIMARY + " needs at least three instances. Nothing was done.");
        }
    }

    private DrillResult drill(Stage stage, String version, Steps steps) throws IOException, InterruptedException {
        Instant begun = shell.clock().instant();
        steps.begin("Creating a cluster of " + instances);
        Rounds cluster = stage.cluster("drill", instances, writers, timeout);
        steps.done("There is a cluster of " + instances);
        Drill drill = new Drill(cluster, duration, mostData, steps);
        drill.run(faults);
        return new DrillResult(
                begun, version, instances, writers, drill.results(), drill.skipped(), drill.compareAll());
    }

    private void report(DrillResult result) throws IOException {
        DrillReport report = new DrillReport(result);
        if (reportFolder.isPresent()) {
            Files.writeString(
                    reportFolder.get().resolve("drill.json"),
                    JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(report.json()));
            Files.writeString(reportFolder.get().resolve("drill.html"), new DrillPage(result).html());
        }
        output.write(shell, report.json(), report::text);
        if (!result.passed()) {
            throw new Failure(
                    ExitCode.FAILED, "The drill did not pass: " + String.join("; ", result.complaints()) + ".");
        }
    }
}
