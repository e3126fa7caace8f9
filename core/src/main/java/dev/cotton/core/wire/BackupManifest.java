package dev.cotton.core.wire;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.InstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a backup is. Written to its store as the last object of it.
 *
 * @param version of this form; one that is higher than {@link #VERSION} is not understood
 * @param uid of the cluster
 * @param executed the transactions that the data have
 * @param compression {@code zstd}
 * @param tables those of users, in the order of their names; none were counted on a primary
 */
public record BackupManifest(
        int version,
        BackupId id,
        ClusterName cluster,
        String uid,
        InstanceId instance,
        Server server,
        Executed executed,
        Sizes sizes,
        String sha256,
        Encryption encryption,
        String compression,
        Spans spans,
        Instant begun,
        Instant finished,
        List<TableCount> tables) {
    /** The form that is written now. */
    public static final int VERSION = 1;

    public BackupManifest {
        tables = List.copyOf(tables);
    }

    /** The same without what every table had. */
    public BackupManifest withoutTables() {
        return new BackupManifest(
                version,
                id,
                cluster,
                uid,
                instance,
                server,
                executed,
                sizes,
                sha256,
                encryption,
                compression,
                spans,
                begun,
                finished,
                List.of());
    }

    /** The mysqld that was copied. */
    public record Server(String version, String uuid) {}

    /**
     * Bounds of a set: equal where the applier was paused. A copy of a primary that goes on is somewhere between.
     *
     * @param atLeast executed before the copy was begun
     * @param atMost executed when the copy was complete
     */
    public record Executed(GtidSet atLeast, GtidSet atMost) {
        public boolean exact() {
            return atLeast.equals(atMost);
        }
    }

    /**
     * @param data all files of the copy together
     * @param stored the object in the store: its exact length
     */
    public record Sizes(DataSize data, DataSize stored) {}

    /**
     * AES-256-GCM in segments of 128 KiB, as Tink's {@code AesGcmHkdfStreaming}; bound to {@link BackupPlace#binding}.
     *
     * @param keyId as of {@link DataKey}
     * @param wrappedKey as of {@link DataKey}
     * @param keyCheck tells a wrong key from data that were changed, and nothing of the key
     */
    public record Encryption(String keyId, String wrappedKey, String keyCheck) {}

    /**
     * How long each part took.
     *
     * @param paused how long the applier stood still; zero on a primary
     */
    public record Spans(Duration paused, Duration copying, Duration counting, Duration storing) {}
}
