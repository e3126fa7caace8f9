package dev.cotton.scheduler.engine.local.placement;

import dev.cotton.core.model.DataSize;

/** A sum of resources. */
record Usage(double cpus, DataSize mem, DataSize disk) {
    static final Usage NONE = new Usage(0, new DataSize(0), new DataSize(0));

    static Usage of(Room room) {
        return new Usage(room.cpus(), room.mem(), room.disk());
    }

    static Usage of(Placement.Seat seat) {
        return seat.running()
                ? new Usage(seat.size().cpus(), seat.size().mem(), seat.size().disk())
                : new Usage(0, new DataSize(0), seat.size().disk());
    }

    Usage plus(Usage other) {
        return new Usage(
                cpus + other.cpus,
                new DataSize(mem.bytes() + other.mem.bytes()),
                new DataSize(disk.bytes() + other.disk.bytes()));
    }
}
