package dev.cotton.cli.bench;

import dev.cotton.core.model.DataSize;
import tools.jackson.databind.node.ObjectNode;

/**
 * What each instance of a cluster gets that is measured.
 *
 * @param data that it is to hold
 */
record InstanceShape(double cpus, DataSize mem, DataSize data) {
    private static final DataSize LEAST_DISK = DataSize.ofMegabytes(2048);

    /** The data, their binary and relay logs, and a copy for a backup. */
    private static final int DISK_PER_DATA = 5;

    /** As clusters have it when nobody says anything else. */
    static InstanceShape ordinary(DataSize data) {
        return new InstanceShape(1, DataSize.ofMegabytes(512), data);
    }

    /** A request for a cluster of such instances, to be added to. */
    ObjectNode request(String name, int instances) {
        ObjectNode request = ThrowawayScheduler.request(name, instances, cpus);
        DataSize disk = new DataSize(data.times(DISK_PER_DATA).bytes() + LEAST_DISK.bytes());
        request.withObject("size").put("mem", mem.toString()).put("disk", disk.megabytes() + "mb");
        return request;
    }
}
