package dev.cotton.core.model;

/**
 * What is done again once the data of a backup are there, from the archive of binary logs in the same store.
 *
 * @param archive prefix of the keys of its objects
 * @param key the id of the key that {@code wrappedKey} is sealed with
 * @param wrappedKey what the archive is encrypted with, sealed
 * @param target where it ends
 * @param skip transactions that are left out
 */
public record PointInTime(String archive, String key, String wrappedKey, RestoreTarget target, GtidSet skip) {
    /** For people. */
    @Override
    public String toString() {
        String until = switch (target) {
            case RestoreTarget.Latest() -> "all that followed";
            case RestoreTarget.Time(var instant) -> "what followed until " + instant;
            case RestoreTarget.Through(var gtid) -> "what followed up to the transaction " + gtid + ", with it";
            case RestoreTarget.Before(var gtid) -> "what followed before the transaction " + gtid;
        };
        return until + (skip.isEmpty() ? "" : ", without " + skip);
    }
}
