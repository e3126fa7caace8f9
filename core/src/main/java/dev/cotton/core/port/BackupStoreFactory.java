package dev.cotton.core.port;

/**
 * Opens the stores of one scheme. Found by {@link java.util.ServiceLoader}: implementations have a public constructor
 * without parameters and are named in {@code META-INF/services}. Thread-safe.
 */
public interface BackupStoreFactory {
    /** The scheme of the locations that this opens, in lower case, for instance {@code file}. */
    String scheme();

    /**
     * Opens a store, without asking it anything yet: whether it answers shows in its first use.
     *
     * @throws BackupStoreException.UnusableLocationException when the location is not one of this scheme's, or has
     *     settings that this scheme does not know
     */
    BackupStore open(StoreLocation location);
}
