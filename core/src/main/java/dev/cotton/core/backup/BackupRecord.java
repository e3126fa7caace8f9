package dev.cotton.core.backup;

import dev.cotton.core.model.ClusterName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is persisted of a cluster's backups, besides what is in the store.
 *
 * @param schema of this form
 * @param uid of the cluster
 * @param version counts the writes of this record
 * @param run the one that is under way
 * @param lastDue when the last one by the schedule was begun
 * @param policy of this cluster alone
 * @param failures the newest last, bounded
 */
public record BackupRecord(
        int schema,
        ClusterName cluster,
        String uid,
        long version,
        Optional<BackupRun> run,
        Optional<Instant> lastDue,
        BackupPolicy policy,
        List<Failure> failures) {
    public static final int SCHEMA = 1;
    private static final int FAILURES_KEPT = 10;

    /** One that was not made, or not proven. */
    public record Failure(String id, Instant at, String why) {}

    public BackupRecord {
        failures = List.copyOf(failures.subList(Math.max(0, failures.size() - FAILURES_KEPT), failures.size()));
    }

    /** Of a cluster that has none. */
    public static BackupRecord first(ClusterName cluster, String uid) {
        return new BackupRecord(
                SCHEMA, cluster, uid, 0, Optional.empty(), Optional.empty(), BackupPolicy.ORDINARY, List.of());
    }

    public BackupRecord with(BackupRun next) {
        return new BackupRecord(schema, cluster, uid, version + 1, Optional.of(next), lastDue, policy, failures);
    }

    /** Begun because it was due. */
    public BackupRecord withDue(BackupRun next, Instant now) {
        return new BackupRecord(
                schema, cluster, uid, version + 1, Optional.of(next), Optional.of(now), policy, failures);
    }

    /** The run is over. */
    public BackupRecord over(Optional<Failure> failure) {
        List<Failure> all = new java.util.ArrayList<>(failures);
        failure.ifPresent(all::add);
        return new BackupRecord(schema, cluster, uid, version + 1, Optional.empty(), lastDue, policy, all);
    }

    public BackupRecord with(BackupPolicy next) {
        return new BackupRecord(schema, cluster, uid, version + 1, run, lastDue, next, failures);
    }
}
