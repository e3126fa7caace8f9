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

/** {@code cotton bench backup}. */
@Command(
        name = "backup",
        description = "Measure how long a backup of a cluster of three and its restore take, in turn with a floor: the"
                + " least that it takes by hand, with mysqld, tar and zstd. Also what a backup costs those who write.")
public final class BenchBackupCommand implements Runnable {
    @Option(
            names = "--size",
            paramLabel = "SIZE",
            description = "The data, half of which can be compressed (default: 1gb).")
    private DataSize size = DataSize.ofMegabytes(1024);

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds of each measurement (default: 1).")
    private int rounds = 1;

    @Option(
            names = "--writing",
            paramLabel = "SPAN",
            description = "How long is written without a backup, to compare with writes during one (default: 20s).")
    private Duration writing = Duration.ofSeconds(20);

    @Option(
            names = "--cpus",
            paramLabel = "CORES",
            description = "Of each instance, a fraction allowed (default: 1.0).")
    private double cpus = 1;

    @Option(names = "--mem", paramLabel = "SIZE", description = "Memory of each instance (default: 512mb).")
    private DataSize mem = DataSize.ofMegabytes(512);

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

    public BenchBackupCommand(Shell shell, Mysql mysql) {
        this.shell = shell;
        this.mysql = mysql;
    }

    @Override
    public void run() {
        if (rounds < 1 || size.megabytes() < 1 || !writing.isPositive()) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--rounds is at least 1, --size at least 1mb, and --writing positive. Nothing was measured.");
        }
        BackupFloor.check();
        BackupBench.Plan plan = new BackupBench.Plan(new InstanceShape(cpus, mem, size), rounds, writing, timeout);
        BenchReport report = new BenchReport(
                "Backups from the request until they are stored, and restored until mysqld runs on the data",
                throwaway.run(shell, mysql, output.format(), place -> new BackupBench(place, plan).run()));
        output.write(shell, report.json(), report::text);
    }
}
