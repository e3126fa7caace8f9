package dev.cotton.executor.backup;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import dev.cotton.core.backup.BackupException;
import dev.cotton.core.port.BackupStore;
import dev.cotton.core.port.BackupStore.Existing;
import dev.cotton.core.port.BackupStore.Found;
import dev.cotton.core.port.BackupStore.Written;
import dev.cotton.core.port.ObjectKey;
import dev.cotton.core.wire.BackupManifest;
import dev.cotton.core.wire.BackupPlace;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * One backup in its store: the data, and the manifest that makes them a backup. For one thread. Besides what is named here,
 * everything throws {@link dev.cotton.core.port.BackupStoreException}.
 */
public final class StoredBackup {
    private static final Logger LOG = LoggerFactory.getLogger(StoredBackup.class);

    /** Faster than most disks, and half the size. */
    private static final int LEVEL = 1;

    private static final int PIECE = 256 * 1024;
    private static final int LONGEST_MANIFEST = 64 << 20;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private final BackupStore store;
    private final BackupPlace place;
    private final ObjectKey data;
    private final ObjectKey manifest;
    private final Sealing sealing;

    /**
     * @param key 32 random bytes that the data are, or are to be, encrypted with
     * @throws IllegalArgumentException when the prefix of {@code place} cannot begin a key
     */
    public StoredBackup(BackupStore store, BackupPlace place, byte[] key) {
        this.store = store;
        this.place = place;
        this.data = new ObjectKey(place.dataObject());
        this.manifest = new ObjectKey(place.manifestObject());
        this.sealing = new Sealing(key, place.binding());
    }

    /** See {@link BackupManifest.Encryption}. */
    public String keyCheck() {
        return sealing.keyCheck();
    }

    /**
     * Writes the data. What an attempt without a manifest left in their place is replaced.
     *
     * @param pace sees what is read of {@code folder}
     * @throws BackupException when there is a backup already, or {@code folder} cannot be read
     */
    public Written write(Path folder, Pace pace) {
        if (store.stat(manifest).isPresent()) {
            throw new BackupException(
                    "There is a backup " + place + " already. It is as it was. Choose another prefix.");
        }
        try {
            return store.write(data, Existing.REPLACE, out -> pack(folder, out, pace));
        } catch (IOException failed) {
            throw new BackupException(
                    "The copied data could not be read: " + failed.getMessage() + ". Nothing was written to " + place
                            + ".",
                    failed);
        }
    }

    private void pack(Path folder, OutputStream out, Pace pace) throws IOException {
        try (OutputStream sealed = sealing.seal(out);
                ZstdOutputStream compressed = new ZstdOutputStream(sealed, LEVEL);
                BufferedOutputStream pieces = new BufferedOutputStream(compressed, PIECE)) {
            new FolderTar(folder).pack(pieces, pace);
        }
    }

    /** Completes the backup. */
    public void complete(BackupManifest made) {
        byte[] json = JSON.writeValueAsBytes(made);
        try {
            store.write(manifest, Existing.REFUSE, out -> out.write(json));
        } catch (IOException never) {
            throw new BackupException("The manifest of " + place + " could not be written.", never);
        }
    }

    /** Removes the data of an attempt that has no manifest; what the store says against it is only logged. */
    public void discard() {
        try {
            if (store.stat(manifest).isEmpty()) {
                store.delete(data);
            }
        } catch (RuntimeException failed) {
            LOG.warn("What was written of {} is still there: {}", place, failed.getMessage());
        }
    }

    /** @throws BackupException when it is missing, no manifest, of another form, or of other data */
    public BackupManifest manifest() {
        return manifest(store, place);
    }

    /** The manifest of a backup whose data are not to be read. Errors as of {@link #manifest()}. */
    public static BackupManifest manifest(BackupStore store, BackupPlace place) {
        ObjectKey manifest = new ObjectKey(place.manifestObject());
        Optional<Found> found = store.stat(manifest);
        if (found.isEmpty()) {
            throw new BackupException("There is no backup " + place + ": it has no " + manifest + ".");
        }
        try (InputStream in = store.read(manifest)) {
            BackupManifest read = JSON.readValue(in.readNBytes(LONGEST_MANIFEST), BackupManifest.class);
            if (read.version() > BackupManifest.VERSION) {
                throw new BackupException(manifest + " is of version " + read.version()
                        + ", which a newer Cotton has written. Use that one.");
            }
            if (!read.uid().equals(place.cluster()) || !read.id().equals(place.id())) {
                throw new BackupException(manifest + " is of the backup " + read.id() + " of " + read.uid()
                        + ", not of " + place.id() + " of " + place.cluster() + ".");
            }
            return read;
        } catch (JacksonException | IOException malformed) {
            throw new BackupException(manifest + " cannot be understood: it is damaged.", malformed);
        }
    }

    /**
     * Reads the data into {@code folder}, which is made. What stands there after a failure is of no use.
     *
     * @param pace sees what is written to {@code folder}
     * @throws BackupException when the data are missing, not what {@code described} says, or encrypted with another key
     */
    public void unpack(BackupManifest described, Path folder, Pace pace) {
        check(described);
        try (MeasuredInputStream in = new MeasuredInputStream(store.read(data))) {
            try (InputStream opened = sealing.open(in);
                    ZstdInputStream plain = new ZstdInputStream(opened)) {
                new FolderTar(folder).unpack(plain, pace);
                drain(plain);
                drain(opened);
                drain(in);
                if (in.length() != described.sizes().stored().bytes()
                        || !in.sha256Hex().equals(described.sha256())) {
                    throw new IOException("its checksum is another one than its manifest says");
                }
            }
        } catch (IOException failed) {
            throw new BackupException(
                    data + " of " + place + " could not be restored: it is damaged, or there is no room ("
                            + failed.getMessage() + ").",
                    failed);
        }
    }

    private void check(BackupManifest described) {
        if (!described.encryption().keyCheck().equals(sealing.keyCheck())) {
            throw new BackupException(data + " of " + place + " was encrypted with another key than the one given; its"
                    + " manifest names the key " + described.encryption().keyId() + ".");
        }
        Found found = store.stat(data)
                .orElseThrow(() -> new BackupException("The backup " + place + " has no " + data + "."));
        if (found.length() != described.sizes().stored().bytes()) {
            throw new BackupException(data + " of " + place + " is damaged: it has " + found.length()
                    + " bytes instead of " + described.sizes().stored().bytes() + ".");
        }
    }

    private static void drain(InputStream in) throws IOException {
        byte[] piece = new byte[PIECE];
        for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
            // Only its end matters: what comes before it has been checked when it is reached.
        }
    }
}
