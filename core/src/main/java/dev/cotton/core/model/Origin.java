package dev.cotton.core.model;

import java.util.Optional;

/**
 * The backup that the first data of a cluster are made from.
 *
 * @param store the location of the backup's store
 * @param prefix of the keys of its objects there
 * @param cluster the {@code uid} of the cluster that it is of
 * @param backup its id
 * @param key the id of the key that {@code wrappedKey} is sealed with
 * @param wrappedKey what its data are encrypted with, sealed
 * @param point what is done again on top of it; absent for the backup alone
 */
public record Origin(
        String store,
        String prefix,
        String cluster,
        String backup,
        String key,
        String wrappedKey,
        Optional<PointInTime> point) {
    /** For people, without the settings of the store. */
    @Override
    public String toString() {
        return "the backup " + backup + " in " + store.replaceFirst("[?].*", "")
                + point.map(again -> " and " + again).orElse("");
    }
}
