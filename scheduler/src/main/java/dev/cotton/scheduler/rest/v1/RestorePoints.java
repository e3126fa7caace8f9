package dev.cotton.scheduler.rest.v1;

import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.RestoreTarget;
import dev.cotton.scheduler.fleet.Origins;
import dev.cotton.scheduler.fleet.Origins.Point;
import dev.cotton.scheduler.rest.edge.RequestRefused;
import dev.cotton.scheduler.rest.resource.FromBackup;
import dev.cotton.scheduler.rest.resource.ProblemCode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** How far a request asks that what followed a backup is done again. */
final class RestorePoints {
    private RestorePoints() {}

    /** @throws RequestRefused naming the field that cannot be understood */
    static Optional<Point> of(FromBackup from) {
        List<RestoreTarget> targets = Stream.<Optional<? extends RestoreTarget>>of(
                        from.toTime().map(RestorePoints::time),
                        from.toGtid().map(text -> read("toGtid", text, RestoreTarget.Through::new)),
                        from.beforeGtid().map(text -> read("beforeGtid", text, RestoreTarget.Before::new)))
                .<RestoreTarget>flatMap(Optional::stream)
                .toList();
        if (targets.size() > 1) {
            throw refused("toTime", "of toTime, toGtid and beforeGtid give one.");
        }
        GtidSet skip = from.skipGtid()
                .map(text -> read("skipGtid", text, gtids -> gtids))
                .orElse(GtidSet.EMPTY);
        if (targets.isEmpty() && skip.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Point(targets.isEmpty() ? new RestoreTarget.Latest() : targets.getFirst(), skip));
    }

    private static RestoreTarget time(String text) {
        if (text.equals(Origins.LATEST)) {
            return new RestoreTarget.Latest();
        }
        try {
            return new RestoreTarget.Time(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException malformed) {
            throw refused("toTime", "'" + text + "' is no time such as 2026-12-31T23:59:00Z, nor latest.");
        }
    }

    private static <T> T read(String field, String text, Function<GtidSet, T> of) {
        try {
            return of.apply(GtidSet.parse(text));
        } catch (IllegalArgumentException malformed) {
            throw refused(field, String.valueOf(malformed.getMessage()));
        }
    }

    private static RequestRefused refused(String field, String why) {
        return new RequestRefused(ProblemCode.INVALID, "from." + field, "from." + field + ": " + why);
    }
}
