package dev.cotton.core.wire;

/**
 * Where the archive of a cluster's binary logs is. Its objects are pieces of the logs of all servers that were ever primary,
 * {@code <prefix>/<server uuid>/<log>/<first byte>-<byte after the last>.zst.enc}, each with its {@link ArchivePiece} beside it.
 *
 * @param store the location of its store with its settings, {@code scheme://place/path?setting=value}
 * @param prefix of the keys of its objects, without a {@code /} at its end
 * @param cluster the {@code uid} of the cluster that it is of: what was put in from another cannot be read
 */
public record ArchivePlace(String store, String prefix, String cluster) {
    /** What all keys begin with. */
    public String folder() {
        return prefix + "/";
    }

    /** What its key is bound to when it is sealed. */
    public String binding() {
        return "cotton/archive/1/" + cluster;
    }

    /** What the encrypted data at {@code key} are bound to: they cannot be read at another. */
    public String binding(String key) {
        return binding() + "/" + key.substring(folder().length());
    }

    /** Without the settings of the store. */
    @Override
    public String toString() {
        return store.replaceFirst("[?].*", "") + " " + prefix;
    }
}
