package dev.cotton.scheduler.backup;

import dev.cotton.core.backup.BackupEntry;
import dev.cotton.core.backup.BackupPolicy;
import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.Origin;
import dev.cotton.scheduler.fleet.Backups;
import dev.cotton.scheduler.fleet.ClusterView;
import dev.cotton.scheduler.fleet.Origins;
import dev.cotton.scheduler.fleet.Refusal;
import java.util.List;
import java.util.Optional;

/** Of a scheduler that was told of no store. Thread-safe. */
public final class NoBackups implements Backups, Origins {
    private static final String WHY = "This scheduler was started without --backup-store, so it has no backups.";

    @Override
    public Optional<String> trouble() {
        return Optional.of(WHY);
    }

    @Override
    public List<BackupEntry> all() {
        return List.of();
    }

    @Override
    public Optional<Standing> standing(ClusterView cluster) {
        return Optional.empty();
    }

    @Override
    public List<Progress> running() {
        return List.of();
    }

    private static Refusal refusal() {
        return new Refusal(Refusal.Code.CONFLICT, WHY + " Nothing was changed.");
    }

    @Override
    public Progress begin(ClusterName cluster) {
        throw refusal();
    }

    @Override
    public Standing follow(ClusterName cluster, BackupPolicy policy) {
        throw refusal();
    }

    @Override
    public Progress prove(String id) {
        throw refusal();
    }

    @Override
    public void delete(String id, boolean force) {
        throw refusal();
    }

    @Override
    public List<String> deletionPlan(String id, boolean force) {
        throw refusal();
    }

    @Override
    public Origin find(ClusterName cluster, String backup, Optional<Point> point, DataSize disk) {
        throw refusal();
    }
}
