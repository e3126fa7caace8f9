package dev.cotton.scheduler.backup;

import dev.cotton.core.backup.BackupException;
import dev.cotton.core.backup.ReplayPlan;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.RestoreTarget;
import dev.cotton.core.port.BackupStore;
import dev.cotton.core.port.BackupStore.Existing;
import dev.cotton.core.port.BackupStore.Found;
import dev.cotton.core.port.BackupStoreException.ExistsException;
import dev.cotton.core.port.BackupStoreException.MissingException;
import dev.cotton.core.port.ObjectKey;
import dev.cotton.core.wire.ArchivePiece;
import dev.cotton.core.wire.ArchivePlace;
import dev.cotton.core.wire.DataKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/**
 * The archives of binary logs in a store: {@code <cluster>-<uid>/archive/}, and beside it {@code archive.json} with the key of
 * all its objects, which is written once and stays. Thread-safe; waits for the store.
 */
final class ArchiveCatalog {
    private static final String FOLDER = "/archive/";

    private final Catalog catalog;

    /**
     * @param version of this form
     * @param keyId as of {@link DataKey}
     * @param wrappedKey as of {@link DataKey}
     */
    private record Description(int version, String uid, String keyId, String wrappedKey) {}

    ArchiveCatalog(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Where a listing goes on after all of the archive that {@code key} is in; empty when it is in none. */
    static Optional<ObjectKey> behindArchive(ObjectKey key) {
        int at = key.value().indexOf(FOLDER);
        return at < 0 ? Optional.empty() : Optional.of(new ObjectKey(key.value().substring(0, at) + "/archive0"));
    }

    /** The sealed key of an archive; empty when there never was one. */
    Optional<DataKey> key(ArchivePlace place) {
        return catalog.ask(store -> read(store, place));
    }

    /** The sealed key of an archive, {@code fresh} when it is the first. */
    DataKey key(ArchivePlace place, Supplier<DataKey> fresh) {
        return catalog.ask(store -> read(store, place).orElseGet(() -> written(store, place, fresh.get())));
    }

    private static ObjectKey description(ArchivePlace place) {
        return new ObjectKey(place.prefix() + ".json");
    }

    private static Optional<DataKey> read(BackupStore store, ArchivePlace place) {
        try {
            Description found = JsonObjects.read(store, description(place), Description.class);
            return Optional.of(DataKey.sealed(found.keyId(), found.wrappedKey()));
        } catch (MissingException none) {
            return Optional.empty();
        } catch (JacksonException damaged) {
            throw new BackupException(
                    description(place) + " is damaged: nobody knows the key of the archive without it.", damaged);
        }
    }

    private static DataKey written(BackupStore store, ArchivePlace place, DataKey key) {
        try {
            JsonObjects.write(
                    store,
                    description(place),
                    Existing.REFUSE,
                    new Description(1, place.cluster(), key.id(), key.wrapped()));
            return DataKey.sealed(key.id(), key.wrapped());
        } catch (ExistsException anotherWasFaster) {
            return read(store, place).orElseThrow(() -> anotherWasFaster);
        }
    }

    /**
     * Whether an archive reaches from a backup to a target, without a gap, with every object of the right length.
     *
     * @param executed what the backup has
     * @throws BackupException when it does not, naming what is the matter
     */
    void check(ArchivePlace place, GtidSet executed, RestoreTarget target) {
        catalog.ask(store -> {
            List<Found> objects = store.list(place.folder()).toList();
            Map<String, Long> lengths = objects.stream()
                    .collect(Collectors.toMap(found -> found.key().value(), Found::length));
            List<ArchivePiece> pieces = objects.stream()
                    .map(Found::key)
                    .filter(key -> ArchivePiece.isDescription(key.value()))
                    .flatMap(key -> piece(store, key).stream())
                    .toList();
            ReplayPlan.of(pieces, executed, target).pieces().forEach(piece -> check(piece.data(place), piece, lengths));
            return true;
        });
    }

    /** Empty when it was put together with others since it was listed. */
    private static Optional<ArchivePiece> piece(BackupStore store, ObjectKey key) {
        try {
            return Optional.of(JsonObjects.read(store, key, ArchivePiece.class));
        } catch (MissingException replaced) {
            return Optional.empty();
        } catch (JacksonException damaged) {
            throw new BackupException(key + " cannot be understood: it is damaged.", damaged);
        }
    }

    private static void check(String data, ArchivePiece piece, Map<String, Long> lengths) {
        Long length = lengths.get(data);
        if (length == null || length != piece.length()) {
            throw new BackupException(
                    data + " is " + (length == null ? "missing" : "damaged: its length is another one")
                            + ", and has transactions that are needed: " + piece.transactions() + ".");
        }
    }

    /** Removes all of an archive: first what tells its key. */
    void remove(ArchivePlace place) {
        catalog.ask(store -> {
            store.delete(description(place));
            store.list(place.folder()).map(Found::key).toList().forEach(store::delete);
            return true;
        });
    }
}
