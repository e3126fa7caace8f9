package dev.cotton.scheduler.fleet;

import dev.cotton.core.backup.BackupEntry;
import dev.cotton.core.backup.BackupPolicy;
import dev.cotton.core.backup.BackupRecord;
import dev.cotton.core.backup.BackupRun;
import dev.cotton.core.model.ClusterName;
import dev.cotton.core.wire.ArchiveReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What people may ask of backups. Every call throws {@link Refusal} when it is not accepted, and has then changed nothing.
 * Thread-safe. What is shown waits for nobody; {@link #begin}, {@link #prove} and {@link #delete} may wait for a slow store.
 */
public interface Backups {
    /**
     * How the one goes that is under way.
     *
     * @param cluster whose it is
     * @param sentence for people
     * @param fraction of the present step, 0 to 1, when it is known
     */
    record Progress(ClusterName cluster, BackupRun run, String sentence, Optional<Double> fraction) {}

    /**
     * The backups of one live cluster.
     *
     * @param next when the next one is due; absent without a schedule
     * @param archive of binary logs, as the primary told of it last
     * @param lastProven the newest that is proven
     * @param policy of this cluster alone
     * @param failures of late, the newest last
     */
    record Standing(
            Optional<Progress> running,
            Optional<Instant> next,
            Optional<ArchiveReport> archive,
            Optional<BackupEntry> lastProven,
            BackupPolicy policy,
            List<BackupRecord.Failure> failures) {}

    /** Why there are none, or why the store cannot be read now. */
    Optional<String> trouble();

    /** Those that were in the store when it was looked at last, the newest first; also of clusters that are gone. */
    List<BackupEntry> all();

    /** Absent when nothing is known of backups here. */
    Optional<Standing> standing(ClusterView cluster);

    /** All that are under way. */
    List<Progress> running();

    /** Begins one now. */
    Progress begin(ClusterName cluster);

    /** Has a policy of its own, or that of all, hold for a cluster. */
    Standing follow(ClusterName cluster, BackupPolicy policy);

    /** Has one proven again. */
    Progress prove(String id);

    /**
     * Removes one.
     *
     * @param force also the newest of its cluster that is proven
     */
    void delete(String id, boolean force);

    /** What {@link #delete} would do, in sentences; refused as that would be. */
    List<String> deletionPlan(String id, boolean force);
}
