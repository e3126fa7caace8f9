package dev.cotton.core.wire;

import dev.cotton.core.model.DataSize;
import java.util.Optional;

/**
 * How the latest {@link BackupOrder} goes. Kept until the next one, or the end of the executor.
 *
 * @param done of {@code estimated}, in {@link Phase#STORING}; before compression
 * @param estimated zero before it is known
 * @param manifest once it is done, without its tables: those are only in the store's
 * @param failure a sentence, when it failed or was cancelled; empty otherwise
 */
public record BackupReport(
        BackupId id,
        Phase phase,
        DataSize done,
        DataSize estimated,
        Optional<BackupManifest> manifest,
        String failure) {
    /** In their order. */
    public enum Phase {
        /** Room is looked for, and on a replica the applier is paused. */
        PREPARING,
        /** mysqld copies its data into a folder beside them. */
        COPYING,
        /** The copy is compressed, encrypted and written to the store, while rows are counted. The applier goes on. */
        STORING,
        /** The rows of each table are still being counted, as they were when they were copied. */
        COUNTING,
        DONE,
        FAILED,
        CANCELLED
    }

    private static final int STEPS = 20;

    /** Just begun. */
    public static BackupReport begun(BackupId id) {
        return new BackupReport(id, Phase.PREPARING, new DataSize(0), new DataSize(0), Optional.empty(), "");
    }

    public BackupReport at(Phase next, DataSize nowDone, DataSize nowEstimated) {
        return new BackupReport(id, next, nowDone, nowEstimated, Optional.empty(), "");
    }

    public BackupReport finished(BackupManifest made) {
        return new BackupReport(id, Phase.DONE, estimated, estimated, Optional.of(made.withoutTables()), "");
    }

    /** @param end {@link Phase#FAILED} or {@link Phase#CANCELLED} */
    public BackupReport ended(Phase end, String sentence) {
        return new BackupReport(id, end, done, estimated, Optional.empty(), sentence);
    }

    /** Whether nothing more happens. */
    public boolean over() {
        return phase.compareTo(Phase.DONE) >= 0;
    }

    /** The same, with progress in steps of a twentieth. */
    public BackupReport inSteps() {
        long part = estimated.bytes() == 0 ? 0 : Math.min(STEPS, done.bytes() * STEPS / estimated.bytes());
        return new BackupReport(id, phase, new DataSize(part), estimated, manifest, failure);
    }
}
