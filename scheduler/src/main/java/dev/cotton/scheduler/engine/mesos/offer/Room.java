package dev.cotton.scheduler.engine.mesos.offer;

import dev.cotton.core.model.DataSize;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is left of a vacancy while seats are given. Not thread-safe. */
final class Room {
    private static final double MILLI = 1000;

    private final Vacancy vacancy;
    private final int portsOffered;
    private final Optional<String> zone;
    private final Optional<String> rack;
    private final Load load;
    private final List<DataSize> mounts;
    private final Set<Integer> portsTaken = new HashSet<>();
    private long milliCpus;
    private long mem;
    private long disk;

    /** How many of Cotton's instances are on an agent, in whatever role. */
    static final class Load {
        private long instances;

        void more() {
            instances++;
        }
    }

    /** What an agent may be short of. */
    enum Lack {
        MEM,
        CPUS,
        DISK,
        MOUNT,
        PORTS
    }

    Room(Vacancy vacancy, Load load) {
        this.vacancy = vacancy;
        this.milliCpus = (long) Math.floor(vacancy.cpus() * MILLI + 1e-6);
        this.mem = vacancy.mem().bytes();
        this.disk = vacancy.disks().largest().bytes();
        this.mounts = vacancy.disks().mounts().isEmpty()
                ? List.of()
                : new ArrayList<>(vacancy.disks().mounts());
        this.portsOffered = vacancy.ports().count();
        this.zone = vacancy.agent().failureZone();
        this.rack = vacancy.agent().rack();
        this.load = load;
    }

    Agent agent() {
        return vacancy.agent();
    }

    Optional<String> zone() {
        return zone;
    }

    Optional<String> rack() {
        return rack;
    }

    long load() {
        return load.instances;
    }

    long freeMem() {
        return mem;
    }

    /** The first resource that is short; empty when it fits. */
    Optional<Lack> lacks(Need need) {
        if (mem < need.mem().bytes()) {
            return Optional.of(Lack.MEM);
        }
        if (milliCpus < milli(need)) {
            return Optional.of(Lack.CPUS);
        }
        if (disk < need.disk().bytes()) {
            return Optional.of(Lack.DISK);
        }
        if (need.mount().isPresent() && mount(need.mount().get()).isEmpty()) {
            return Optional.of(Lack.MOUNT);
        }
        return portsOffered - portsTaken.size() < need.ports() ? Optional.of(Lack.PORTS) : Optional.empty();
    }

    /** The smallest that is large enough. */
    private Optional<DataSize> mount(DataSize least) {
        return mounts.stream().filter(size -> size.compareTo(least) >= 0).min(DataSize::compareTo);
    }

    private static long milli(Need need) {
        return (long) Math.ceil(need.cpus() * MILLI - 1e-6);
    }

    /** @return the ports */
    List<Integer> take(Wish wish) {
        Need need = wish.need();
        milliCpus -= milli(need);
        mem -= need.mem().bytes();
        disk -= need.disk().bytes();
        need.mount().flatMap(this::mount).ifPresent(mounts::remove);
        List<Integer> ports = vacancy.ports().pick(portsTaken, wish.attempts() * need.ports(), need.ports());
        portsTaken.addAll(ports);
        load.more();
        return ports;
    }
}
