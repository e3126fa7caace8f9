package dev.cotton.scheduler.rest.resource;

import java.util.Optional;

/**
 * A person's word that whatever cannot be asked may be lost, and that the former primary takes no writes any more.
 *
 * @param confirm the cluster's name, typed again
 * @param dryRun whether it is only to be said what would be done and what may be lost
 */
public record AcceptLoss(Optional<String> confirm, Optional<Boolean> dryRun) {}
