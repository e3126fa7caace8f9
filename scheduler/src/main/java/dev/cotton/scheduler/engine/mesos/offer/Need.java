package dev.cotton.scheduler.engine.mesos.offer;

import dev.cotton.core.model.DataSize;
import java.util.Optional;

/**
 * What an instance takes of an agent, its executor's share included.
 *
 * @param cpus cores; a thousandth counts, as in Mesos
 * @param disk of the agent's work folder
 * @param mount how large a disk of its own has to be at least, where it takes one; it takes all of that
 * @param ports how many
 */
public record Need(double cpus, DataSize mem, DataSize disk, Optional<DataSize> mount, int ports) {
    @Override
    public String toString() {
        return cpus + " cpus, " + mem + " memory, " + disk + " disk"
                + mount.map(least -> ", a mount disk of " + least).orElse("") + " and " + ports + " ports";
    }
}
