package dev.cotton.scheduler.backup;

import dev.cotton.core.backup.BackupEntry;
import dev.cotton.core.backup.BackupProof;
import dev.cotton.core.model.ClusterName;
import dev.cotton.core.port.BackupStore;
import dev.cotton.core.port.BackupStore.Existing;
import dev.cotton.core.port.BackupStore.Found;
import dev.cotton.core.port.BackupStore.Page;
import dev.cotton.core.port.BackupStoreException;
import dev.cotton.core.port.ObjectKey;
import dev.cotton.core.wire.BackupId;
import dev.cotton.core.wire.BackupManifest;
import dev.cotton.core.wire.BackupPlace;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * The backups that are in a store: {@code <cluster>-<uid>/<id>/}, each with its manifest, its data and, once it was tried, its
 * proof. Nothing else knows of them, so they outlive their clusters and all that schedulers keep. What is read is remembered;
 * {@link #refresh} looks again. Thread-safe; calls of the store wait for each other, {@link #entries} waits for nobody.
 */
final class Catalog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Catalog.class);
    private static final Duration REMAINS = Duration.ofDays(7);
    private static final String MANIFEST = "/manifest.json";

    private final String location;
    private final Supplier<BackupStore> opening;
    private Optional<BackupStore> store = Optional.empty();
    private volatile Map<ObjectKey, Seen> known = Map.of();
    private volatile Optional<String> trouble = Optional.of("The store was not looked at yet.");

    /**
     * A backup as it was read.
     *
     * @param proofWritten when its proof was, by the store's clock
     */
    private record Seen(BackupEntry entry, Optional<Instant> proofWritten) {}

    /** @param opening opens the store at {@code location} */
    Catalog(String location, Supplier<BackupStore> opening) {
        this.location = location;
        this.opening = opening;
    }

    /** Where the next backup of a cluster is to be. */
    BackupPlace place(ClusterName cluster, String uid, BackupId id) {
        return new BackupPlace(location, cluster + "-" + uid + "/" + id, uid, id);
    }

    /** What was there when it was looked at last, the newest first. */
    List<BackupEntry> entries() {
        return known.values().stream()
                .map(Seen::entry)
                .sorted(Comparator.comparing(BackupEntry::at).reversed())
                .toList();
    }

    /** Why the store could not be read when it was looked at last. */
    Optional<String> trouble() {
        return trouble;
    }

    /** Looks at the store again; what goes wrong is {@link #trouble}. */
    synchronized void refresh() {
        try {
            Map<ObjectKey, Instant> objects = objects(open());
            Map<ObjectKey, Seen> next = new HashMap<>();
            for (ObjectKey key : objects.keySet()) {
                if (key.value().endsWith(MANIFEST)) {
                    seen(key, objects).ifPresent(entry -> next.put(key, entry));
                }
            }
            known = Map.copyOf(next);
            trouble = Optional.empty();
        } catch (BackupStoreException failed) {
            trouble = Optional.of(String.valueOf(failed.getMessage()));
            close();
        }
    }

    /** All but those of archives, of which there can be very many. */
    private static Map<ObjectKey, Instant> objects(BackupStore store) {
        Map<ObjectKey, Instant> objects = new HashMap<>();
        Optional<ObjectKey> after = Optional.empty();
        Page page;
        do {
            page = store.page("", after, BackupStore.LONGEST_PAGE);
            for (Found found : page.objects()) {
                Optional<ObjectKey> passed = ArchiveCatalog.behindArchive(found.key());
                after = passed.or(() -> Optional.of(found.key()));
                if (passed.isEmpty()) {
                    objects.put(found.key(), found.written());
                }
            }
        } while (page.more());
        return objects;
    }

    private Optional<Seen> seen(ObjectKey key, Map<ObjectKey, Instant> objects) {
        String prefix = key.value().substring(0, key.value().length() - MANIFEST.length());
        try {
            Optional<Seen> before = Optional.ofNullable(known.get(key));
            BackupManifest manifest = before.map(seen -> seen.entry().manifest())
                    .orElseGet(() -> read(key, BackupManifest.class).withoutTables());
            BackupPlace place = new BackupPlace(location, prefix, manifest.uid(), manifest.id());
            ObjectKey proof = new ObjectKey(BackupEntry.proofObject(place));
            Optional<Instant> written = Optional.ofNullable(objects.get(proof));
            if (before.filter(seen -> seen.proofWritten().equals(written)).isPresent()) {
                return before;
            }
            Optional<BackupProof> read = written.map(_ -> read(proof, BackupProof.class));
            return Optional.of(new Seen(new BackupEntry(place, manifest, read), written));
        } catch (JacksonException | UncheckedIOException | BackupStoreException.MissingException damaged) {
            LOG.warn("{} is no backup: {}", prefix, damaged.getMessage());
            return Optional.empty();
        }
    }

    private <T> T read(ObjectKey key, Class<T> type) {
        return JsonObjects.read(open(), key, type);
    }

    /** Removes what writers that were killed have left, long after the longest write. */
    void removeRemains() {
        try {
            int removed = ask(store -> store.removeIncomplete(REMAINS));
            LOG.debug("{} incomplete objects were removed from the store.", removed);
        } catch (BackupStoreException failed) {
            LOG.warn("What killed writers have left in the store stays for now: {}", failed.getMessage());
        }
    }

    /** Has the store asked something else. */
    synchronized <T> T ask(Function<BackupStore, T> question) {
        return question.apply(open());
    }

    /** Keeps what came of an attempt to prove a backup. */
    synchronized void write(BackupPlace place, BackupProof proof) {
        JsonObjects.write(open(), new ObjectKey(BackupEntry.proofObject(place)), Existing.REPLACE, proof);
        refresh();
    }

    /** Removes a backup, or what an attempt left of one: first what makes it one. */
    synchronized void remove(BackupPlace place) {
        BackupStore now = open();
        now.delete(new ObjectKey(place.manifestObject()));
        now.delete(new ObjectKey(BackupEntry.proofObject(place)));
        now.delete(new ObjectKey(place.dataObject()));
        refresh();
    }

    private BackupStore open() {
        BackupStore now = store.orElseGet(opening);
        store = Optional.of(now);
        return now;
    }

    @Override
    public synchronized void close() {
        store.ifPresent(BackupStore::close);
        store = Optional.empty();
    }
}
