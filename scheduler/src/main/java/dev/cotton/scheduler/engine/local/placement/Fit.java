package dev.cotton.scheduler.engine.local.placement;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.Resources;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** How many instances of one size go into empty hosts. Pure. */
final class Fit {
    private Fit() {}

    /** The resource that is short for {@code instances} of that size, in a sentence; empty when they fit. */
    static Optional<String> shortage(List<Room> rooms, Resources size, int instances) {
        ToLongFunction<Room> byCpus = room -> (long) Math.floor(room.cpus() / size.cpus() + 1e-9);
        ToLongFunction<Room> byMem = room -> room.mem().bytes() / size.mem().bytes();
        ToLongFunction<Room> byDisk = room -> room.disk().bytes() / size.disk().bytes();
        if (sum(rooms, byMem) < instances) {
            return Optional.of(tooLittle("mem", size.mem(), instances, sum(rooms, byMem), largest(rooms, Room::mem)));
        }
        if (sum(rooms, byDisk) < instances) {
            return Optional.of(
                    tooLittle("disk", size.disk(), instances, sum(rooms, byDisk), largest(rooms, Room::disk)));
        }
        if (sum(rooms, byCpus) < instances) {
            double most = rooms.stream().mapToDouble(Room::cpus).max().orElse(0);
            return Optional.of(String.format(
                    Locale.ROOT,
                    "cpus: %d instances of %s do not fit, only %d; the largest host gives %.1f.",
                    instances,
                    size.cpus(),
                    sum(rooms, byCpus),
                    most));
        }
        long together = sum(
                rooms,
                room -> Math.min(
                        byCpus.applyAsLong(room), Math.min(byMem.applyAsLong(room), byDisk.applyAsLong(room))));
        return together < instances
                ? Optional.of("cpus, mem and disk together: " + instances + " instances of " + size
                        + " do not fit, only " + together + ", since no host has enough of all three.")
                : Optional.empty();
    }

    private static long sum(List<Room> rooms, ToLongFunction<Room> count) {
        return rooms.stream().mapToLong(count).sum();
    }

    private static DataSize largest(List<Room> rooms, Function<Room, DataSize> resource) {
        return rooms.stream().map(resource).max(DataSize::compareTo).orElse(new DataSize(0));
    }

    private static String tooLittle(String name, DataSize each, int instances, long fitting, DataSize largest) {
        return name + ": " + instances + (instances == 1 ? " instance" : " instances") + " of " + each
                + " do not fit, only " + fitting + "; the largest host gives " + largest.megabytes() + "mb.";
    }
}
