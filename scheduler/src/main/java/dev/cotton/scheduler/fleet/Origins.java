package dev.cotton.scheduler.fleet;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.Origin;
import dev.cotton.core.model.RestoreTarget;
import java.util.Optional;

/** The backups that a cluster can begin with, of clusters that live and of those that are gone. Thread-safe. */
public interface Origins {
    /** The newest backup of a cluster. */
    String LATEST = "latest";

    /**
     * How far what was committed after a backup is done again.
     *
     * @param skip what is left out
     */
    record Point(RestoreTarget target, GtidSet skip) {}

    /**
     * One that can be restored, as far as that is known without reading its data.
     *
     * @param backup {@link #LATEST}, the id of a backup, or a minute in UTC as {@code yyyyMMddHHmm}: the newest backup that
     *     is not after it. The latest is that before {@code point}
     * @param point absent for the backup alone
     * @param disk what each instance is to have
     * @throws Refusal when there is none, when it is not proven and was not named by its id, when its proof has failed, when
     *     its data do not fit, when the archive of binary logs does not reach from it to {@code point}, or when its store does
     *     not answer
     */
    Origin find(ClusterName cluster, String backup, Optional<Point> point, DataSize disk);
}
