package dev.cotton.scheduler.backup;

import dev.cotton.core.backup.BackupEntry;
import dev.cotton.core.backup.BackupException;
import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.Origin;
import dev.cotton.core.model.PointInTime;
import dev.cotton.core.model.RestoreTarget;
import dev.cotton.core.port.BackupStoreException;
import dev.cotton.core.wire.ArchivePlace;
import dev.cotton.core.wire.DataKey;
import dev.cotton.scheduler.fleet.Origins;
import dev.cotton.scheduler.fleet.Refusal;
import dev.cotton.scheduler.fleet.Refusal.Code;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What clusters can begin with, of what a store has. Thread-safe. */
final class StoredOrigins implements Origins {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyyMMddHHmm");

    private final Catalog catalog;
    private final ArchiveCatalog archives;

    StoredOrigins(Catalog catalog) {
        this.catalog = catalog;
        this.archives = new ArchiveCatalog(catalog);
    }

    @Override
    public Origin find(ClusterName cluster, String backup, Optional<Point> point, DataSize disk) {
        List<BackupEntry> fit = candidates(cluster, backup).stream()
                .filter(entry ->
                        point.filter(wanted -> !precedes(entry, wanted)).isEmpty())
                .toList();
        if (fit.isEmpty()) {
            throw none(cluster, backup, point);
        }
        Origin origin =
                point.map(wanted -> reached(fit, wanted)).orElseGet(() -> origin(fit.getFirst(), Optional.empty()));
        refuseTooLarge(fit, origin, disk);
        return origin;
    }

    /** The newest first. */
    private List<BackupEntry> candidates(ClusterName cluster, String backup) {
        List<BackupEntry> own = catalog.entries().stream()
                .filter(entry -> entry.manifest().cluster().equals(cluster))
                .toList();
        Optional<BackupEntry> named = own.stream()
                .filter(entry -> entry.place().id().value().equals(backup))
                .findFirst();
        if (named.isPresent()) {
            return List.of(unrefuted(named.get()));
        }
        Instant notAfter = backup.equals(LATEST) ? Instant.MAX : minute(backup);
        return own.stream()
                .filter(BackupEntry::proven)
                .filter(entry -> entry.at().isBefore(notAfter))
                .toList();
    }

    private static BackupEntry unrefuted(BackupEntry entry) {
        if (entry.refuted()) {
            throw new Refusal(
                    Code.CONFLICT,
                    "from.backup",
                    "from.backup: the backup " + entry.place().id() + " could not be proven ("
                            + entry.proof().orElseThrow().failure() + "); nothing was changed.");
        }
        return entry;
    }

    /** The end of that minute. */
    private static Instant minute(String text) {
        try {
            return LocalDateTime.parse(text, MINUTE).toInstant(ZoneOffset.UTC).plusSeconds(60);
        } catch (DateTimeParseException neither) {
            throw new Refusal(
                    Code.NOT_FOUND,
                    "from.backup",
                    "from.backup: there is no backup '" + text + "', and it is no minute as yyyyMMddHHmm; nothing was"
                            + " changed.");
        }
    }

    /** Whether a backup has nothing that comes after the point, or is to be left out. */
    private static boolean precedes(BackupEntry entry, Point point) {
        GtidSet has = entry.manifest().executed().atMost();
        boolean before = switch (point.target()) {
            case RestoreTarget.Latest() -> true;
            case RestoreTarget.Time(Instant instant) ->
                !entry.manifest().finished().isAfter(instant);
            case RestoreTarget.Through(GtidSet gtid) -> !has.contains(gtid);
            case RestoreTarget.Before(GtidSet gtid) -> !has.contains(gtid);
        };
        return before && point.skip().minus(has).equals(point.skip());
    }

    private Refusal none(ClusterName cluster, String backup, Optional<Point> point) {
        String which = backup.equals(LATEST) ? "" : " that is " + backup + " or not after that minute (UTC)";
        return new Refusal(
                Code.NOT_FOUND,
                point.map(StoredOrigins::field).orElse("from.backup"),
                point.map(StoredOrigins::field).orElse("from.backup") + ": there is no proven backup of " + cluster
                        + which
                        + point.map(_ -> ", and is older than the point that is asked for")
                                .orElse("")
                        + "; nothing was changed."
                        + catalog.trouble()
                                .map(why -> " The store cannot be read now: " + why)
                                .orElse(""));
    }

    private static String field(Point point) {
        return switch (point.target()) {
            case RestoreTarget.Latest() -> point.skip().isEmpty() ? "from.toTime" : "from.skipGtid";
            case RestoreTarget.Time(Instant _) -> "from.toTime";
            case RestoreTarget.Through(GtidSet _) -> "from.toGtid";
            case RestoreTarget.Before(GtidSet _) -> "from.beforeGtid";
        };
    }

    /** From the newest backup of the newest cluster of that name whose archive reaches the point. */
    private Origin reached(List<BackupEntry> fit, Point point) {
        Set<String> seen = new HashSet<>();
        Optional<BackupException> why = Optional.empty();
        for (BackupEntry entry : fit) {
            if (seen.add(entry.place().cluster())) {
                try {
                    return origin(entry, Optional.of(again(entry, point)));
                } catch (BackupException unreached) {
                    why = why.or(() -> Optional.of(unreached));
                }
            }
        }
        throw new Refusal(
                Code.CONFLICT,
                field(point),
                field(point) + ": " + why.orElseThrow().getMessage() + " Nothing was changed.");
    }

    private PointInTime again(BackupEntry entry, Point point) {
        ArchivePlace place = entry.place().archive();
        try {
            DataKey key = archives.key(place)
                    .orElseThrow(() -> new BackupException("There is no archive of the binary logs of "
                            + entry.manifest().cluster() + " that goes on from the backup "
                            + entry.place().id() + "."));
            archives.check(place, entry.manifest().executed().atLeast(), point.target());
            return new PointInTime(place.prefix(), key.id(), key.wrapped(), point.target(), point.skip());
        } catch (BackupStoreException failed) {
            throw new Refusal(Code.UNREACHABLE, failed.getMessage() + " Nothing was changed.");
        }
    }

    private static Origin origin(BackupEntry entry, Optional<PointInTime> point) {
        return new Origin(
                entry.place().store(),
                entry.place().prefix(),
                entry.place().cluster(),
                entry.place().id().value(),
                entry.manifest().encryption().keyId(),
                entry.manifest().encryption().wrappedKey(),
                point);
    }

    private static void refuseTooLarge(List<BackupEntry> fit, Origin origin, DataSize disk) {
        Stream<BackupEntry> chosen =
                fit.stream().filter(entry -> entry.place().prefix().equals(origin.prefix()));
        DataSize data = chosen.findFirst().orElseThrow().manifest().sizes().data();
        if (data.compareTo(disk) > 0) {
            throw new Refusal(
                    Code.INVALID,
                    "size.disk",
                    "size.disk: the backup " + origin.backup() + " has " + data + " of data, more than " + disk
                            + ". Nothing was changed.");
        }
    }
}
