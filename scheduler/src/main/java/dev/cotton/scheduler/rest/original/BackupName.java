package dev.cotton.scheduler.rest.original;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.Shown;
import dev.cotton.scheduler.rest.edge.RequestRefused;
import dev.cotton.scheduler.rest.resource.ProblemCode;

/**
 * What the original's {@code backup_id} says: {@code <path>:<yyyyMMddHHmm>}, of which the last part of the path names the
 * cluster; {@code <cluster>@<backup>}; or a backup of the cluster that is to be made.
 */
record BackupName(ClusterName cluster, String reference) {
    /** @throws RequestRefused when it is none */
    static BackupName of(String text, ClusterName wanted) {
        int split = Math.max(text.lastIndexOf(':'), text.lastIndexOf('@'));
        String path = split < 0 ? wanted.value() : text.substring(0, split);
        String reference = text.substring(split + 1);
        String cluster = path.substring(path.lastIndexOf('/') + 1);
        try {
            if (!reference.isEmpty()) {
                return new BackupName(new ClusterName(cluster), reference);
            }
        } catch (IllegalArgumentException malformed) {
            throw none(text);
        }
        throw none(text);
    }

    private static RequestRefused none(String text) {
        return new RequestRefused(
                ProblemCode.INVALID,
                "backup_id",
                "backup_id: <cluster>@<backup>, or <path>/<cluster>:<yyyyMMddHHmm>, not '" + Shown.of(text) + "'.");
    }
}
