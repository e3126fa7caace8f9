package dev.cotton.scheduler.engine.mesos.offer;

import dev.cotton.core.model.DataSize;
import java.util.List;

/**
 * What nobody holds of an agent, in all of its outstanding offers for one role together.
 *
 * @param role that it is allocated to: only instances of that role may use it
 * @param cpus cores
 * @param closing whether the agent is to be left soon: nothing new goes there
 */
public record Vacancy(
        Agent agent, String role, double cpus, DataSize mem, Disks disks, PortRanges ports, boolean closing) {
    /**
     * @param largest of the agent's work folder in one piece: a volume is in one
     * @param mounts file systems of their own, each of which goes as a whole
     */
    public record Disks(DataSize largest, List<DataSize> mounts) {
        public Disks {
            mounts = List.copyOf(mounts);
        }

        /** Of all together. */
        public DataSize all() {
            return new DataSize(
                    largest.bytes() + mounts.stream().mapToLong(DataSize::bytes).sum());
        }
    }

    /** Of an agent that may be used. */
    public Vacancy(Agent agent, String role, double cpus, DataSize mem, Disks disks, PortRanges ports) {
        this(agent, role, cpus, mem, disks, ports, false);
    }

    /** The same of an agent that is to be left soon. */
    public Vacancy closed() {
        return new Vacancy(agent, role, cpus, mem, disks, ports, true);
    }
}
