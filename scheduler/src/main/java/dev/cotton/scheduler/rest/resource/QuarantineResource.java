package dev.cotton.scheduler.rest.resource;

import java.util.List;

/**
 * What is saved of a cluster.
 *
 * @param entries the oldest first
 * @param unasked instances whose executors gave no answer: there may be more
 */
public record QuarantineResource(List<QuarantineEntryResource> entries, List<UnaskedResource> unasked) {}
