package dev.cotton.scheduler.fleet;

import dev.cotton.core.control.Assessment;
import dev.cotton.core.control.Observation;
import dev.cotton.core.model.ClusterRecord;

/** A cluster at one instant: what is wanted and agreed, what is seen, and what that means. */
public record ClusterView(ClusterRecord record, Observation observation, Assessment assessment) {}
