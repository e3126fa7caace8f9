package dev.cotton.scheduler.engine.mesos.offer;

import dev.cotton.core.model.DataSize;

/**
 * What nobody holds of an agent, in all of its outstanding offers together: reserved for nothing, or for Cotton's role by
 * the operator.
 *
 * @param cpus cores
 */
public record Vacancy(Agent agent, double cpus, DataSize mem, DataSize disk, PortRanges ports) {}
