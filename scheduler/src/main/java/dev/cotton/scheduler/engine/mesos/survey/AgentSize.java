package dev.cotton.scheduler.engine.mesos.survey;

import dev.cotton.core.model.DataSize;

/**
 * All that an agent has, whoever uses it.
 *
 * @param cpus cores
 * @param disk all disks together
 */
public record AgentSize(double cpus, DataSize mem, DataSize disk) {}
