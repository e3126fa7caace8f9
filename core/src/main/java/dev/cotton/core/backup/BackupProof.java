package dev.cotton.core.backup;

import java.time.Duration;
import java.time.Instant;

/**
 * What came of restoring a backup into a server of its own and looking at every table there. Kept beside the backup.
 *
 * @param version of this form
 * @param at when it was over
 * @param failure a sentence; empty when the backup is proven
 * @param restoring from the placing of the server until it answered with the data
 * @param checking every table
 * @param tables that were checked
 * @param uncounted tables of which rows could not be compared
 */
public record BackupProof(
        int version, Instant at, String failure, Duration restoring, Duration checking, int tables, int uncounted) {
    /** The form that is written now. */
    public static final int VERSION = 1;

    /** Whether everything was as the manifest says. */
    public boolean holds() {
        return failure.isEmpty();
    }
}
