package dev.cotton.core.storage;

import dev.cotton.core.port.BackupStore;
import dev.cotton.core.port.ObjectKey;

/** What may be asked of a store, and where a part of an object ends. */
public final class Bounds {
    private Bounds() {}

    /** @throws IllegalArgumentException when {@link BackupStore#page} takes no such prefix or limit */
    public static void checkPage(String prefix, int limit) {
        if (!ObjectKey.isPrefix(prefix)) {
            throw new IllegalArgumentException("No key begins with '" + prefix + "'.");
        }
        if (limit < 1 || limit > BackupStore.LONGEST_PAGE) {
            throw new IllegalArgumentException(
                    "A page has from 1 to " + BackupStore.LONGEST_PAGE + " objects, not " + limit + ".");
        }
    }

    /** @throws IllegalArgumentException when {@link BackupStore#read(ObjectKey, long, long)} takes no such part */
    public static void checkPart(long offset, long length) {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException("No part begins at " + offset + " with " + length + " bytes.");
        }
    }

    /** Where a part ends, exclusive, in an object of {@code size} bytes; not before {@code offset}. */
    public static long end(long offset, long length, long size) {
        return offset >= size ? offset : offset + Math.min(length, size - offset);
    }
}
