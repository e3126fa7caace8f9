package dev.cotton.scheduler.rest.resource;

import java.util.Optional;

/**
 * What holds for the backups of one cluster; absent is what holds for all clusters.
 *
 * @param schedule the five fields of cron; "none" for only when somebody asks
 * @param zone the time zone of {@code schedule}; UTC when absent
 * @param keep how many of the newest
 * @param keepDaily the newest of each of so many days
 * @param keepWeekly the newest of each of so many weeks
 * @param keepMonthly the newest of each of so many months
 */
public record BackupPolicyResource(
        Optional<String> schedule,
        Optional<String> zone,
        Optional<Integer> keep,
        Optional<Integer> keepDaily,
        Optional<Integer> keepWeekly,
        Optional<Integer> keepMonthly) {}
