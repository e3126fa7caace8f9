package dev.cotton.scheduler.engine.local.placement;

import dev.cotton.core.model.DataSize;

/**
 * What a host gives to instances, all of them together.
 *
 * @param cpus cores; may be more than there are, since instances seldom compute all at once
 */
public record Room(double cpus, DataSize mem, DataSize disk) {
    public Room {
        if (!(cpus > 0)) {
            throw new IllegalArgumentException("cpus: a host has more than 0 cores to give, not " + cpus + ".");
        }
    }

    /** An equal part of it for each of {@code parts} hosts. */
    Room split(int parts) {
        return new Room(cpus / parts, new DataSize(mem.bytes() / parts), new DataSize(disk.bytes() / parts));
    }
}
