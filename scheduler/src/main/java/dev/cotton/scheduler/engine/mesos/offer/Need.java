package dev.cotton.scheduler.engine.mesos.offer;

import dev.cotton.core.model.DataSize;

/**
 * What an instance takes of an agent, its executor's share included.
 *
 * @param cpus cores; a thousandth counts, as in Mesos
 * @param ports how many
 */
public record Need(double cpus, DataSize mem, DataSize disk, int ports) {
    @Override
    public String toString() {
        return cpus + " cpus, " + mem + " memory, " + disk + " disk and " + ports + " ports";
    }
}
