package dev.cotton.cli.backup;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.Shell;
import dev.cotton.cli.client.Backup;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.options.ApiOptions;
import dev.cotton.cli.options.ClusterArgument;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.cli.view.BackupText;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cotton backups policy}. */
@Command(
        name = "policy",
        description =
                "When one cluster is backed up, and which backups of it are kept; what is not said stays. Without options"
                        + " only shows it.")
public final class BackupsPolicyCommand implements Runnable {
    @Mixin
    private final ClusterArgument cluster = new ClusterArgument();

    @Option(
            names = "--schedule",
            paramLabel = "CRON",
            description = "The five fields of cron, or none for only when somebody asks.")
    private Optional<String> schedule = Optional.empty();

    @Option(names = "--zone", paramLabel = "ZONE", description = "The time zone of the schedule (default: UTC).")
    private Optional<String> zone = Optional.empty();

    @Option(names = "--keep", paramLabel = "N", description = "How many of the newest proven ones are kept.")
    private Optional<Integer> keep = Optional.empty();

    @Option(names = "--keep-daily", paramLabel = "N", description = "Besides, the newest of each of so many days.")
    private Optional<Integer> daily = Optional.empty();

    @Option(names = "--keep-weekly", paramLabel = "N", description = "Besides, the newest of each of so many weeks.")
    private Optional<Integer> weekly = Optional.empty();

    @Option(names = "--keep-monthly", paramLabel = "N", description = "Besides, the newest of each of so many months.")
    private Optional<Integer> monthly = Optional.empty();

    @Option(
            names = "--reset",
            description = "What holds for all clusters is to hold for this one, but for what is said.")
    private boolean reset;

    @Mixin
    private final ApiOptions api = new ApiOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Shell shell;

    public BackupsPolicyCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        SchedulerClient client = api.client(shell);
        Backup.Policy former = client.cluster(cluster.name())
                .value()
                .backups()
                .map(Backup.Standing::policy)
                .orElseThrow(() -> new Failure(ExitCode.CONFLICT, "This scheduler has no store for backups."));
        Backup.Policy base = reset ? Backup.Policy.ORDINARY : former;
        Backup.Policy wanted = new Backup.Policy(
                schedule.or(base::schedule),
                zone.or(base::zone),
                keep.or(base::keep),
                daily.or(base::keepDaily),
                weekly.or(base::keepWeekly),
                monthly.or(base::keepMonthly));
        Document<Backup.Standing> now = client.followBackupPolicy(cluster.name(), wanted);
        output.write(
                shell,
                now.json(),
                _ -> BackupText.policy(now.value(), shell.clock().instant()));
    }
}
