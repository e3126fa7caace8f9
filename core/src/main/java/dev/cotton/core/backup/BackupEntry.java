package dev.cotton.core.backup;

import dev.cotton.core.wire.BackupManifest;
import dev.cotton.core.wire.BackupPlace;
import java.time.Instant;
import java.util.Optional;

/**
 * A backup that is in a store.
 *
 * @param manifest without its tables
 * @param proof of the latest attempt to prove it; absent before the first was over
 */
public record BackupEntry(BackupPlace place, BackupManifest manifest, Optional<BackupProof> proof) {
    /** Where the proof of a backup at {@code place} is kept. */
    public static String proofObject(BackupPlace place) {
        return place.prefix() + "/proof.json";
    }

    public boolean proven() {
        return proof.filter(BackupProof::holds).isPresent();
    }

    /** Whether a proof of it failed. */
    public boolean refuted() {
        return proof.filter(known -> !known.holds()).isPresent();
    }

    /** When its data were those of the cluster. */
    public Instant at() {
        return manifest.begun();
    }
}
