package dev.cotton.scheduler.engine.mesos.offer;

import dev.cotton.core.model.DataSize;

/**
 * What nobody holds of an agent, in all of its outstanding offers together: reserved for nothing, or for Cotton's role by
 * the operator.
 *
 * @param cpus cores
 * @param closing whether the agent is to be left soon: nothing new goes there
 */
public record Vacancy(Agent agent, double cpus, DataSize mem, DataSize disk, PortRanges ports, boolean closing) {
    /** Of an agent that may be used. */
    public Vacancy(Agent agent, double cpus, DataSize mem, DataSize disk, PortRanges ports) {
        this(agent, cpus, mem, disk, ports, false);
    }

    /** The same of an agent that is to be left soon. */
    public Vacancy closed() {
        return new Vacancy(agent, cpus, mem, disk, ports, true);
    }
}
