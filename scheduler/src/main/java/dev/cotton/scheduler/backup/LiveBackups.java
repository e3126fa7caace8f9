package dev.cotton.scheduler.backup;

import dev.cotton.core.backup.BackupEntry;
import dev.cotton.core.backup.BackupPolicy;
import dev.cotton.core.backup.BackupRecord;
import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.Origin;
import dev.cotton.core.port.BackupStoreException;
import dev.cotton.core.storage.BackupStores;
import dev.cotton.core.wire.ArchiveReport;
import dev.cotton.core.wire.Status;
import dev.cotton.scheduler.engine.EngineRecords;
import dev.cotton.scheduler.fleet.Backups;
import dev.cotton.scheduler.fleet.ClusterView;
import dev.cotton.scheduler.fleet.Origins;
import dev.cotton.scheduler.fleet.Outside;
import dev.cotton.scheduler.fleet.Refusal;
import dev.cotton.scheduler.fleet.Refusal.Code;
import dev.cotton.scheduler.fleet.TermDuty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The backups in one store, and those that are made while this scheduler leads. Thread-safe. */
public final class LiveBackups implements Backups, Origins, AutoCloseable {
    private final BackupSettings settings;
    private final Catalog catalog;
    private final Origins origins;
    private volatile @Nullable BackupDesk desk;

    /** @param stores that the settings' one is opened by */
    public LiveBackups(BackupSettings settings, BackupStores stores) {
        this.settings = settings;
        this.catalog = new Catalog(settings.store(), () -> stores.open(settings.store()));
        this.origins = new StoredOrigins(catalog);
    }

    /**
     * Looks after backups during a term, until what it gives is closed.
     *
     * @param records of this term
     * @param clusters all that there are
     */
    public TermDuty.Going lead(
            long term, Outside outside, EngineRecords<BackupRecord> records, Supplier<List<ClusterView>> clusters) {
        BackupDesk begun = new BackupDesk(new BackupDuty(term, outside, records, catalog, settings), clusters).start();
        desk = begun;
        return () -> {
            desk = null;
            begun.close();
        };
    }

    private BackupDesk desk() {
        BackupDesk now = desk;
        if (now == null) {
            throw new Refusal(Code.NOT_READY, "This scheduler does not lead now; nothing was changed.");
        }
        return now;
    }

    @Override
    public Optional<String> trouble() {
        return catalog.trouble();
    }

    @Override
    public List<BackupEntry> all() {
        return catalog.entries();
    }

    @Override
    public Optional<Standing> standing(ClusterView cluster) {
        BackupDesk now = desk;
        return now == null ? Optional.empty() : Optional.of(standing(now.loop(cluster), cluster));
    }

    private Standing standing(BackupLoop loop, ClusterView cluster) {
        return new Standing(
                progress(loop),
                loop.next(cluster),
                archive(cluster),
                all().stream()
                        .filter(entry ->
                                entry.place().cluster().equals(cluster.record().uid()))
                        .filter(BackupEntry::proven)
                        .findFirst(),
                loop.record().policy(),
                loop.record().failures());
    }

    private static Optional<ArchiveReport> archive(ClusterView cluster) {
        return cluster.record()
                .primaryMember()
                .flatMap(primary -> cluster.observation().status(primary.id()))
                .flatMap(Status::archive)
                .map(report -> report.at(Instant.now()));
    }

    private static Optional<Progress> progress(BackupLoop loop) {
        return loop.progress()
                .map(known -> new Progress(loop.record().cluster(), known.run(), known.sentence(), known.fraction()));
    }

    @Override
    public List<Progress> running() {
        BackupDesk now = desk;
        return now == null
                ? List.of()
                : now.loops().stream().flatMap(loop -> progress(loop).stream()).toList();
    }

    @Override
    public Progress begin(ClusterName cluster) {
        ClusterView view = view(cluster);
        BackupLoop loop = desk().loop(view);
        loop.begin(view, Instant.now());
        return progress(loop).orElseThrow(() -> new Refusal(Code.NOT_READY, "It ended already."));
    }

    private ClusterView view(ClusterName cluster) {
        return desk().clusters().stream()
                .filter(known ->
                        known.record().name().equals(cluster) && known.record().holdsName())
                .findFirst()
                .orElseThrow(() -> new Refusal(Code.NOT_FOUND, "name", "There is no cluster named " + cluster + "."));
    }

    @Override
    public Standing follow(ClusterName cluster, BackupPolicy policy) {
        ClusterView view = view(cluster);
        try {
            settings.schedule(policy);
            policy.retention(settings.retention());
        } catch (IllegalArgumentException malformed) {
            throw new Refusal(Code.INVALID, "schedule", malformed.getMessage() + " Nothing was changed.");
        }
        BackupLoop loop = desk().loop(view);
        loop.follow(policy);
        return standing(loop, view);
    }

    @Override
    public Progress prove(String id) {
        BackupEntry entry = entry(id);
        BackupLoop loop = desk().loop(entry.place().cluster())
                .orElseThrow(() -> new Refusal(
                        Code.CONFLICT,
                        "The cluster of " + id
                                + " is gone; make another one from it to see whether it can be restored."));
        loop.prove(entry, Instant.now());
        return progress(loop).orElseThrow(() -> new Refusal(Code.NOT_READY, "It ended already."));
    }

    private BackupEntry entry(String id) {
        return all().stream()
                .filter(entry -> entry.place().id().value().equals(id))
                .findFirst()
                .orElseThrow(() -> new Refusal(Code.NOT_FOUND, "id", "There is no backup " + id + "." + unread()));
    }

    private String unread() {
        return trouble().map(why -> " The store cannot be read now: " + why).orElse("");
    }

    @Override
    public void delete(String id, boolean force) {
        BackupEntry entry = removable(id, force);
        try {
            catalog.remove(entry.place());
            removeUselessArchive(entry);
        } catch (BackupStoreException failed) {
            throw new Refusal(Code.UNREACHABLE, "The backup " + id + " may still be there: " + failed.getMessage());
        }
    }

    /** An archive goes with the last backup of a cluster that is gone. */
    private void removeUselessArchive(BackupEntry removed) {
        String uid = removed.place().cluster();
        boolean lives =
                desk().clusters().stream().anyMatch(view -> view.record().uid().equals(uid));
        if (!lives && all().stream().noneMatch(entry -> entry.place().cluster().equals(uid))) {
            new ArchiveCatalog(catalog).remove(removed.place().archive());
        }
    }

    @Override
    public List<String> deletionPlan(String id, boolean force) {
        BackupEntry entry = removable(id, force);
        List<String> steps = new ArrayList<>();
        steps.add("The backup " + id + " of " + entry.manifest().cluster() + ", "
                + entry.manifest().sizes().stored() + " in the store, is destroyed for ever.");
        return List.copyOf(steps);
    }

    private BackupEntry removable(String id, boolean force) {
        desk();
        BackupEntry entry = entry(id);
        boolean last = entry.proven()
                && all().stream()
                        .filter(other ->
                                other.place().cluster().equals(entry.place().cluster()))
                        .filter(BackupEntry::proven)
                        .findFirst()
                        .equals(Optional.of(entry));
        if (last && !force) {
            throw new Refusal(
                    Code.CONFLICT,
                    id + " is the newest backup of " + entry.manifest().cluster()
                            + " that is proven; nothing was changed. Say force if that is meant.");
        }
        if (running().stream()
                .anyMatch(other -> other.run().id().equals(entry.place().id()))) {
            throw new Refusal(Code.CONFLICT, id + " is being proven now; nothing was changed.");
        }
        return entry;
    }

    @Override
    public Origin find(ClusterName cluster, String backup, Optional<Point> point, DataSize disk) {
        return origins.find(cluster, backup, point, disk);
    }

    @Override
    public void close() {
        catalog.close();
    }
}
