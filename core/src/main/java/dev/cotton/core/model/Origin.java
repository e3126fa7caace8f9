package dev.cotton.core.model;

/**
 * The backup that the first data of a cluster are made from.
 *
 * @param store the location of the backup's store
 * @param prefix of the keys of its objects there
 * @param cluster the {@code uid} of the cluster that it is of
 * @param backup its id
 * @param key the id of the key that {@code wrappedKey} is sealed with
 * @param wrappedKey what its data are encrypted with, sealed
 */
public record Origin(String store, String prefix, String cluster, String backup, String key, String wrappedKey) {
    /** For people, without the settings of the store. */
    @Override
    public String toString() {
        return "the backup " + backup + " in " + store.replaceFirst("[?].*", "");
    }
}
