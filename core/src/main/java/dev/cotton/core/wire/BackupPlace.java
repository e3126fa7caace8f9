package dev.cotton.core.wire;

/**
 * Where one backup is, or is to be, and how it is read there.
 *
 * @param store the location of its store with its settings, {@code scheme://place/path?setting=value}
 * @param prefix of the keys of its objects, without a {@code /} at its end: {@link #dataObject} and {@link #manifestObject}
 * @param cluster the {@code uid} of the cluster that it is of: a backup that was put in the place of another cannot be read
 * @param id of the backup; as {@code cluster}
 */
public record BackupPlace(String store, String prefix, String cluster, BackupId id) {
    /** The key of the data: tar, compressed by zstd, encrypted. */
    public String dataObject() {
        return prefix + "/data.tar.zst.enc";
    }

    /** The key of the {@link BackupManifest} in JSON: a backup without one is none. */
    public String manifestObject() {
        return prefix + "/manifest.json";
    }

    /** The place of the archive of binary logs of the same cluster: beside its backups. */
    public ArchivePlace archive() {
        return new ArchivePlace(store, prefix.substring(0, prefix.lastIndexOf('/') + 1) + "archive", cluster);
    }

    /** What the encrypted data are bound to. */
    public String binding() {
        return "cotton/backup/1/" + cluster + "/" + id;
    }

    /** Without the settings of the store. */
    @Override
    public String toString() {
        return store.replaceFirst("[?].*", "") + " " + prefix;
    }
}
