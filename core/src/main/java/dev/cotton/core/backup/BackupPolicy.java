package dev.cotton.core.backup;

import java.util.Optional;

/**
 * What holds for the backups of one cluster; absent is what holds for all clusters.
 *
 * @param schedule the five fields of cron, or {@link #NONE}
 * @param zone the time zone of {@code schedule}
 * @param keep as {@link Retention#last}
 * @param keepDaily as {@link Retention#daily}
 * @param keepWeekly as {@link Retention#weekly}
 * @param keepMonthly as {@link Retention#monthly}
 */
public record BackupPolicy(
        Optional<String> schedule,
        Optional<String> zone,
        Optional<Integer> keep,
        Optional<Integer> keepDaily,
        Optional<Integer> keepWeekly,
        Optional<Integer> keepMonthly) {
    /** The schedule of a cluster that is backed up only when somebody asks. */
    public static final String NONE = "none";

    /** Of a cluster for which nothing of its own was asked for. */
    public static final BackupPolicy ORDINARY = new BackupPolicy(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * Which backups are kept.
     *
     * @param all what holds for all clusters
     * @throws IllegalArgumentException with a sentence when the numbers are out of bounds
     */
    public Retention retention(Retention all) {
        return new Retention(
                keep.orElse(all.last()),
                keepDaily.orElse(all.daily()),
                keepWeekly.orElse(all.weekly()),
                keepMonthly.orElse(all.monthly()));
    }
}
