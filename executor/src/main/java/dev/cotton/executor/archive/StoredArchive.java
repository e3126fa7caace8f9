package dev.cotton.executor.archive;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import dev.cotton.core.backup.BackupException;
import dev.cotton.core.port.BackupStore;
import dev.cotton.core.port.BackupStore.Existing;
import dev.cotton.core.port.BackupStore.Found;
import dev.cotton.core.port.BackupStore.Written;
import dev.cotton.core.port.BackupStoreException;
import dev.cotton.core.port.ObjectKey;
import dev.cotton.core.wire.ArchivePiece;
import dev.cotton.core.wire.ArchivePlace;
import dev.cotton.core.wire.BackupManifest.Encryption;
import dev.cotton.core.wire.DataKey;
import dev.cotton.executor.backup.Sealing;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * An archive in its store. Thread-safe as its store is. Besides what is named here, everything throws {@link
 * BackupStoreException}.
 */
public final class StoredArchive {
    /** Faster than most disks, and half the size. */
    private static final int LEVEL = 1;

    private static final int BUFFER = 64 * 1024;
    private static final int LONGEST_DESCRIPTION = 16 << 20;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private final BackupStore store;
    private final ArchivePlace place;
    private final DataKey key;

    /** @param key of this archive */
    public StoredArchive(BackupStore store, ArchivePlace place, DataKey key) {
        this.store = store;
        this.place = place;
        this.key = key;
    }

    /** How what is written now is encrypted. */
    Encryption encryption() {
        return new Encryption(key.id(), key.wrapped(), sealing("").keyCheck());
    }

    private Sealing sealing(String object) {
        return new Sealing(key.bytes(), object.isEmpty() ? "" : place.binding(object));
    }

    /** What the archive has, in the order of keys. @throws BackupException naming what cannot be understood */
    public List<ArchivePiece> pieces() {
        try (Stream<Found> all = store.list(place.folder())) {
            return all.map(Found::key)
                    .filter(found -> ArchivePiece.isDescription(found.value()))
                    .flatMap(found -> described(found).stream())
                    .toList();
        }
    }

    /** Empty when it was removed since it was listed. */
    private Optional<ArchivePiece> described(ObjectKey description) {
        try (InputStream in = store.read(description)) {
            ArchivePiece piece = JSON.readValue(in.readNBytes(LONGEST_DESCRIPTION), ArchivePiece.class);
            if (piece.version() > ArchivePiece.VERSION) {
                throw new BackupException(description + " is of version " + piece.version()
                        + ", which a newer Cotton has written. Use that one.");
            }
            if (!piece.uid().equals(place.cluster())
                    || !ArchivePiece.description(piece.data(place)).equals(description.value())) {
                throw new BackupException(description + " belongs to another archive or to another place in this one.");
            }
            return Optional.of(piece);
        } catch (BackupStoreException.MissingException replaced) {
            return Optional.empty();
        } catch (JacksonException | IOException malformed) {
            throw new BackupException(description + " cannot be understood: it is damaged.", malformed);
        }
    }

    /**
     * Writes a piece; one that is there already is replaced.
     *
     * @param described without length and checksum
     * @param content the piece as a log
     */
    ArchivePiece write(ArchivePiece described, BackupStore.Content content) throws IOException {
        String data = described.data(place);
        Sealing sealing = sealing(data);
        Written written = store.write(new ObjectKey(data), Existing.REPLACE, out -> {
            try (OutputStream sealed = sealing.seal(out);
                    ZstdOutputStream compressed = new ZstdOutputStream(sealed, LEVEL);
                    OutputStream buffered = new BufferedOutputStream(compressed, BUFFER)) {
                content.writeTo(buffered);
            }
        });
        ArchivePiece complete = described.stored(written.length(), written.sha256());
        byte[] json = JSON.writeValueAsBytes(complete);
        store.write(new ObjectKey(ArchivePiece.description(data)), Existing.REPLACE, out -> out.write(json));
        return complete;
    }

    /** Removes a piece, its description first: data without one are none. */
    void delete(ArchivePiece piece) {
        String data = piece.data(place);
        store.delete(new ObjectKey(ArchivePiece.description(data)));
        store.delete(new ObjectKey(data));
    }

    /** Removes what a writer of a server's logs left that was ended before it was complete. */
    void removeIncomplete(String server) {
        try (Stream<Found> all = store.list(place.folder() + server + "/")) {
            List<String> keys = all.map(found -> found.key().value()).toList();
            Set<String> descriptions = new HashSet<>(keys);
            keys.stream()
                    .filter(ArchivePiece::isData)
                    .filter(data -> !descriptions.contains(ArchivePiece.description(data)))
                    .forEach(data -> store.delete(new ObjectKey(data)));
        }
    }

    /**
     * Checks that a piece can be read, as far as that is seen from outside.
     *
     * @throws BackupException naming the object that is missing, cut, or encrypted with another key
     */
    public void check(ArchivePiece piece) {
        String data = piece.data(place);
        if (!piece.encryption().keyCheck().equals(sealing("").keyCheck())) {
            throw new BackupException(data + " was encrypted with another key than the one given; it names the key "
                    + piece.encryption().keyId() + ". Nothing was restored.");
        }
        Found found = store.stat(new ObjectKey(data))
                .orElseThrow(() -> new BackupException(data
                        + " is missing in the archive, and has transactions that are needed: " + piece.transactions()
                        + ". Nothing was restored."));
        if (found.length() != piece.length()) {
            throw new BackupException(data + " is damaged: it has " + found.length() + " bytes instead of "
                    + piece.length() + ". Nothing was restored.");
        }
    }

    /** What is done with a piece. */
    @FunctionalInterface
    interface Reading {
        /** @param log the piece as a log */
        void read(InputStream log) throws IOException;
    }

    /** @throws BackupException naming the object that is missing or damaged, or where {@code reading} fails */
    void read(ArchivePiece piece, Reading reading) {
        String data = piece.data(place);
        try (InputStream in = store.read(new ObjectKey(data));
                InputStream opened = sealing(data).open(in);
                InputStream plain = new BufferedInputStream(new ZstdInputStream(opened), BUFFER)) {
            reading.read(plain);
        } catch (IOException failed) {
            throw new BackupException(
                    data + " cannot be used: it is damaged, or there is no room (" + failed.getMessage()
                            + "). Nothing was restored.",
                    failed);
        }
    }
}
