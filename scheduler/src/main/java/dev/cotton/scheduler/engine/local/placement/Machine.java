package dev.cotton.scheduler.engine.local.placement;

import com.sun.management.OperatingSystemMXBean;
import dev.cotton.core.model.DataSize;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What this machine gives to instances when nobody says.
 *
 * <p>Cores are given four times over: databases of people who do not want to run databases are idle most of the time,
 * each is held to its own share when it is not, and a machine of one or two cores shall carry a cluster of three. Memory
 * and disk are given once: running out of either breaks promises. A sixteenth of the memory, 384 MB at least, stays
 * with the system and the scheduler.
 */
public final class Machine {
    private static final double CORES_GIVEN = 4;
    private static final DataSize LEAST_RESERVE = DataSize.ofMegabytes(384);
    private static final int RESERVED_PART = 16;

    private Machine() {}

    /** What there is, seen from this process: a container's limits count. */
    public static Room room(Path dataFolder) throws IOException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Room(
                system.getAvailableProcessors() * CORES_GIVEN,
                withoutReserve(system.getTotalMemorySize()),
                new DataSize(Files.getFileStore(dataFolder).getTotalSpace()));
    }

    static DataSize withoutReserve(long memory) {
        long reserve = Math.max(LEAST_RESERVE.bytes(), memory / RESERVED_PART);
        return new DataSize(Math.max(0, memory - reserve));
    }

    /** Every host with its room: those that do not say share what {@code machine} has left equally. */
    public static List<Host> withRooms(List<Host> hosts, Room machine) {
        int silent = (int) hosts.stream().filter(host -> host.room().isEmpty()).count();
        List<Host> complete = new ArrayList<>();
        for (Host host : hosts) {
            Room room = host.room().orElseGet(() -> machine.split(silent));
            complete.add(new Host(host.name(), host.address(), host.launchPrefix(), java.util.Optional.of(room)));
        }
        return complete;
    }
}
