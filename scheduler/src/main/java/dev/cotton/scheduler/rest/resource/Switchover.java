package dev.cotton.scheduler.rest.resource;

import java.util.Optional;

/**
 * A wish for another primary.
 *
 * @param to the name of the instance that is to take over; the best one when absent
 * @param dryRun whether it is only to be said what would be done
 */
public record Switchover(Optional<String> to, Optional<Boolean> dryRun) {}
