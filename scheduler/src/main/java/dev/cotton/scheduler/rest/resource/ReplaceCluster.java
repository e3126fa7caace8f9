package dev.cotton.scheduler.rest.resource;

import java.util.Optional;

/**
 * A wish for the data of a backup in the place of what a cluster has.
 *
 * @param from absent for the latest backup of the cluster itself
 * @param dryRun whether it is only to be said what would be done
 */
public record ReplaceCluster(Optional<FromBackup> from, Optional<Boolean> dryRun) {}
