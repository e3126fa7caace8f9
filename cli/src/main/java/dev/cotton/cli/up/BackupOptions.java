package dev.cotton.cli.up;

import dev.cotton.core.model.DataSize;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where backups go, when they are made, and which are kept. */
public final class BackupOptions {
    /** In the place of a store, or of a schedule. */
    public static final String NONE = "none";

    @Option(
            names = "--backup-store",
            paramLabel = "URI",
            description =
                    "Where backups are kept: file:///folder, hdfs://host:port/folder or s3://bucket/prefix, the same for"
                            + " every scheduler and reached from every machine; none for no backups (default: the folder backups in"
                            + " the data folder; with --mesos-master none).")
    private Optional<String> store = Optional.empty();

    @Option(
            names = "--backup-schedule",
            paramLabel = "CRON",
            description =
                    "When every cluster is backed up, as the five fields of cron; each is up to half an hour late, so that"
                            + " not all are copied at once. none for only when somebody asks (default: 0 3 * * *).")
    private String schedule = "0 3 * * *";

    @Option(
            names = "--backup-zone",
            paramLabel = "ZONE",
            description = "The time zone of the schedule, for instance Europe/Berlin (default: UTC).")
    private String zone = "UTC";

    @Option(
            names = "--backup-keep",
            paramLabel = "N",
            description = "How many of the newest proven backups of a cluster are kept (default: 7).")
    private int keep = 7;

    @Option(
            names = "--backup-keep-daily",
            paramLabel = "N",
            description = "Besides, the newest of each of so many days (default: 7).")
    private int daily = 7;

    @Option(
            names = "--backup-keep-weekly",
            paramLabel = "N",
            description = "Besides, the newest of each of so many weeks (default: 4).")
    private int weekly = 4;

    @Option(
            names = "--backup-keep-monthly",
            paramLabel = "N",
            description = "Besides, the newest of each of so many months (default: 12).")
    private int monthly = 12;

    @Option(
            names = "--backup-throttle",
            paramLabel = "SIZE",
            description =
                    "The most of a copy that an instance reads in a second, for instance 20mb (default: no limit).")
    private Optional<DataSize> throttle = Optional.empty();

    @Option(
            names = "--no-backup-archive",
            description =
                    "Do not keep the binary logs of clusters that have a proven backup: they can then be restored to their"
                            + " backups, and to no point in time between.")
    private boolean noArchive;

    /** Absent for the usual one. */
    public Optional<String> store() {
        return store;
    }

    public String schedule() {
        return schedule;
    }

    public String zone() {
        return zone;
    }

    public int keep() {
        return keep;
    }

    public int daily() {
        return daily;
    }

    public int weekly() {
        return weekly;
    }

    public int monthly() {
        return monthly;
    }

    public boolean archive() {
        return !noArchive;
    }

    public Optional<DataSize> throttle() {
        return throttle;
    }
}
