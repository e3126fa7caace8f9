package dev.cotton.core.backup;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Which proven backups of a cluster are kept. One that any of the numbers asks for is kept; the newest that is proven always.
 *
 * @param last so many of the newest
 * @param daily the newest of each of so many days (UTC) that have one
 * @param weekly as {@code daily}, of weeks
 * @param monthly as {@code daily}, of months
 */
public record Retention(int last, int daily, int weekly, int monthly) {
    /** The seven newest, and one a day for a week, a week for a month, a month for a year. */
    public static final Retention ORDINARY = new Retention(7, 7, 4, 12);

    /** What is not proven is looked at by people for so long. */
    private static final Duration UNPROVEN = Duration.ofDays(7);

    public Retention {
        if (last < 1 || daily < 0 || weekly < 0 || monthly < 0) {
            throw new IllegalArgumentException("keep: at least 1 of the newest, and no negative number.");
        }
    }

    /** Those of {@code entries}, all of one cluster, that may go. */
    public List<BackupEntry> expired(List<BackupEntry> entries, Instant now) {
        List<BackupEntry> proven = entries.stream()
                .filter(BackupEntry::proven)
                .sorted(Comparator.comparing(BackupEntry::at).reversed())
                .toList();
        Set<BackupEntry> kept = new HashSet<>(proven.subList(0, Math.min(last, proven.size())));
        keep(kept, proven, daily, day -> day);
        keep(
                kept,
                proven,
                weekly,
                day -> day.get(IsoFields.WEEK_BASED_YEAR) * 100 + day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
        keep(kept, proven, monthly, day -> day.getYear() * 100 + day.getMonthValue());
        return entries.stream()
                .filter(entry -> entry.proven() ? !kept.contains(entry) : mayGo(entry, proven, now))
                .toList();
    }

    private static void keep(
            Set<BackupEntry> kept, List<BackupEntry> proven, int spans, Function<LocalDate, Object> span) {
        Set<Object> seen = new HashSet<>();
        for (BackupEntry entry : proven) {
            Object of = span.apply(LocalDate.ofInstant(entry.at(), ZoneOffset.UTC));
            if (seen.size() < spans && seen.add(of)) {
                kept.add(entry);
            }
        }
    }

    private static boolean mayGo(BackupEntry unproven, List<BackupEntry> proven, Instant now) {
        return !proven.isEmpty()
                && proven.getFirst().at().isAfter(unproven.at())
                && unproven.at().isBefore(now.minus(UNPROVEN));
    }
}
