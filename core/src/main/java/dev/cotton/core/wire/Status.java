package dev.cotton.core.wire;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.Durability;
import dev.cotton.core.model.Incarnation;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Stamp;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET /v1/status}: all that an executor sees. Ages and spans come from its monotonic clock.
 *
 * @param revision grows with every change that a long poll reports ({@code ?after=<revision>&wait=<milliseconds>})
 * @param bootId of the host ({@code /proc/sys/kernel/random/boot_id})
 * @param incarnation of the data, once there are any
 * @param sure false from a start of the host until {@code PUT /v1/trust} names its boot id: the relay log may have lost
 *     its last seconds
 * @param detail a sentence on {@code lifecycle}, for people
 * @param progress 0 to 1 while preparing, when known
 * @param highest the highest stamp seen
 * @param role the role in force; absent before the first assignment
 * @param mysql present while mysqld answers
 * @param inForce what this mysqld runs with of the setup that it has; absent before it ran
 * @param backup how the latest {@link BackupOrder} goes; absent since the executor's start without one
 * @param verification how the latest {@link VerificationOrder} goes; absent since the executor's start without one
 * @param archive how the {@link ArchiveOrder} goes; absent without one, and where it has ended
 */
public record Status(
        InstanceId instance,
        long revision,
        String version,
        String bootId,
        Duration uptime,
        Optional<Incarnation> incarnation,
        boolean sure,
        Lifecycle lifecycle,
        String detail,
        Optional<Double> progress,
        Stamp highest,
        Optional<RoleReport> role,
        Optional<MysqlReport> mysql,
        Usage usage,
        Optional<InForce> inForce,
        Optional<BackupReport> backup,
        Optional<VerificationReport> verification,
        Optional<ArchiveReport> archive) {

    /**
     * @param stamp of the assignment that {@code role} came with
     * @param established whether all that the role says was done under {@code stamp}
     * @param obstacle what keeps it from being established, for people; empty when nothing does
     */
    public record RoleReport(Stamp stamp, Role role, boolean established, String obstacle) {}

    /**
     * What of a setup takes effect while mysqld runs.
     *
     * @param options the user's overrides, as the setup has them
     */
    public record InForce(Durability durability, Map<String, String> options) {
        public InForce {
            options = Map.copyOf(options);
        }
    }

    /**
     * @param processId mysqld's
     * @param restarts how often mysqld was started again after exiting by itself
     * @param diskFree of what the instance may use, or of its file system when that is less
     * @param sandbox what the executor itself takes on an agent of a fleet, beside the instance's disk
     */
    public record Usage(
            Optional<Long> processId,
            long restarts,
            DataSize memory,
            DataSize diskUsed,
            DataSize diskFree,
            Optional<Room> sandbox) {
        /** Before anything was measured. */
        public static final Usage NONE =
                new Usage(Optional.empty(), 0, new DataSize(0), new DataSize(0), new DataSize(0), Optional.empty());

        public Room disk() {
            return new Room(diskUsed, diskFree);
        }
    }

    /** Disk that is limited. */
    public record Room(DataSize used, DataSize free) {
        /** From 0 to 1; 0 also before it was measured. */
        public double fullness() {
            double all = (double) used.bytes() + free.bytes();
            return all == 0 ? 0 : used.bytes() / all;
        }
    }

    /** Whether mysqld runs and answers. */
    public boolean answers() {
        return lifecycle == Lifecycle.RUNNING && mysql.isPresent();
    }

    /** Whether a backup has paused the applier, or is about to: it goes on by itself, and at once with another role. */
    public boolean pausedByBackup() {
        return backup.filter(report -> report.phase().compareTo(BackupReport.Phase.COPYING) <= 0)
                .isPresent();
    }

    /** Whether the role is established under exactly {@code stamp}. */
    public boolean establishedAt(Stamp stamp) {
        return role.filter(report -> report.established() && report.stamp().equals(stamp))
                .isPresent();
    }
}
