package dev.cotton.scheduler.rest;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.Origin;
import dev.cotton.core.model.PointInTime;
import dev.cotton.scheduler.fleet.Origins;
import dev.cotton.scheduler.fleet.Refusal;
import java.util.Optional;

/** Has every backup of the cluster {@code old}, and none of any other. */
final class FakeOrigins implements Origins {
    static Origin backup(String id) {
        return backup(id, Optional.empty());
    }

    static Origin backup(String id, Optional<PointInTime> point) {
        return new Origin("file:///backups", "old-u1/" + id, "u1", id, "k1", "sealed", point);
    }

    @Override
    public Origin find(ClusterName cluster, String backup, Optional<Point> point, DataSize disk) {
        if (!cluster.value().equals("old")) {
            throw new Refusal(
                    Refusal.Code.NOT_FOUND,
                    "from.cluster",
                    "There is no backup of " + cluster + "; nothing was changed.");
        }
        return backup(
                backup,
                point.map(wanted -> new PointInTime("old-u1/archive", "k1", "sealed", wanted.target(), wanted.skip())));
    }
}
