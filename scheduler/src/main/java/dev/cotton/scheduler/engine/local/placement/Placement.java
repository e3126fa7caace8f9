package dev.cotton.scheduler.engine.local.placement;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Ports;
import dev.cotton.core.model.Resources;
import dev.cotton.core.port.Engine.Capacity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who sits where, and who may sit down. An instance goes to the host with the fewest instances of its cluster, among
 * those to the one with the largest part of its memory free. In the bin it keeps host, ports and disk, and gives memory
 * and cores back. Ports are never used by two instances, on whatever hosts. Thread-safe.
 */
public final class Placement {
    private final List<Host> hosts;
    private final PortRange range;
    private final Probe probe;
    private final Map<InstanceId, Seat> seats = new HashMap<>();

    /** What only the machine knows. */
    public interface Probe {
        /** Those of {@code count} ports from {@code first} on that are in use on {@code host}. */
        Set<Integer> taken(Host host, int first, int count) throws IOException;

        /** What is free now on the file system of the data. */
        DataSize diskFree() throws IOException;
    }

    /**
     * What an instance holds.
     *
     * @param cluster the cluster's uid
     * @param host the host's name
     * @param running whether it holds memory and cores too
     */
    public record Seat(String cluster, Resources size, String host, Ports ports, boolean running) {}

    /** What came of an attempt. */
    public sealed interface Outcome {
        record Seated(Seat seat) implements Outcome {}

        /** {@code why} says what is short on each host. */
        record Lacking(String why) implements Outcome {}
    }

    /** @param hosts all with a room */
    public Placement(List<Host> hosts, PortRange range, Probe probe) {
        this.hosts = List.copyOf(hosts);
        this.range = range;
        this.probe = probe;
    }

    /** The host of that name, when it is configured. */
    public Optional<Host> host(String name) {
        return hosts.stream().filter(host -> host.name().equals(name)).findFirst();
    }

    /** Takes over what was decided before. */
    public synchronized void remember(InstanceId id, Seat seat) {
        seats.put(id, seat);
    }

    /**
     * A seat for {@code id}: the one that it has, or a new one.
     *
     * @throws IOException when a host cannot be asked which ports are in use
     */
    public synchronized Outcome seat(InstanceId id, String cluster, Resources size) throws IOException {
        Seat former = seats.get(id);
        if (former != null) {
            return resume(id, former);
        }
        DataSize diskFree = probe.diskFree();
        if (diskFree.compareTo(size.disk()) < 0) {
            return new Outcome.Lacking(
                    "disk: " + size.disk() + " wanted, the file system has " + diskFree.megabytes() + "mb free");
        }
        List<Host> fitting = hosts.stream()
                .filter(host -> missing(host, size, true).isEmpty())
                .sorted(Comparator.comparingLong((Host host) -> instancesOf(cluster, host))
                        .thenComparingDouble(this::memoryUsedPart))
                .toList();
        for (Host host : fitting) {
            Optional<Ports> ports = freePorts(host);
            if (ports.isPresent()) {
                Seat seat = new Seat(cluster, size, host.name(), ports.get(), true);
                seats.put(id, seat);
                return new Outcome.Seated(seat);
            }
        }
        return new Outcome.Lacking(fitting.isEmpty() ? shortEverywhere(size) : noPorts());
    }

    private Outcome resume(InstanceId id, Seat former) {
        if (former.running()) {
            return new Outcome.Seated(former);
        }
        Optional<Host> host = host(former.host());
        if (host.isEmpty()) {
            return new Outcome.Lacking("its host " + former.host() + " is not configured any more");
        }
        Optional<String> missing = missing(host.get(), former.size(), false);
        if (missing.isPresent()) {
            return new Outcome.Lacking(former.host() + ": " + missing.get());
        }
        Seat seat = new Seat(former.cluster(), former.size(), former.host(), former.ports(), true);
        seats.put(id, seat);
        return new Outcome.Seated(seat);
    }

    /** Into the bin: gives back all but host, ports and disk. */
    public synchronized void rest(InstanceId id) {
        seats.computeIfPresent(
                id, (same, seat) -> new Seat(seat.cluster(), seat.size(), seat.host(), seat.ports(), false));
    }

    /** Gives everything back. */
    public synchronized void free(InstanceId id) {
        seats.remove(id);
    }

    private long instancesOf(String cluster, Host host) {
        return on(host).stream().filter(seat -> seat.cluster().equals(cluster)).count();
    }

    private double memoryUsedPart(Host host) {
        return (double) used(host).mem().bytes() / Math.max(1, room(host).mem().bytes());
    }

    private List<Seat> on(Host host) {
        return seats.values().stream()
                .filter(seat -> seat.host().equals(host.name()))
                .toList();
    }

    private static Room room(Host host) {
        return host.room().orElseThrow();
    }

    /** What is given away on a host. */
    private Usage used(Host host) {
        return on(host).stream().map(Usage::of).reduce(Usage.NONE, Usage::plus);
    }

    private Optional<String> missing(Host host, Resources size, boolean withDisk) {
        Room room = room(host);
        Usage used = used(host);
        List<String> missing = new ArrayList<>();
        if (used.cpus() + size.cpus() > room.cpus() + 1e-9) {
            missing.add(
                    String.format(Locale.ROOT, "cpus: %s wanted, %.1f free", size.cpus(), room.cpus() - used.cpus()));
        }
        memoryOrDisk("mem", size.mem(), room.mem(), used.mem()).ifPresent(missing::add);
        if (withDisk) {
            memoryOrDisk("disk", size.disk(), room.disk(), used.disk()).ifPresent(missing::add);
        }
        return missing.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", missing));
    }

    private static Optional<String> memoryOrDisk(String name, DataSize wanted, DataSize room, DataSize used) {
        long free = Math.max(0, room.bytes() - used.bytes());
        return wanted.bytes() <= free
                ? Optional.empty()
                : Optional.of(name + ": " + wanted + " wanted, " + new DataSize(free).megabytes() + "mb free");
    }

    private String shortEverywhere(Resources size) {
        return hosts.stream()
                .map(host -> host.name() + ": " + missing(host, size, true).orElse("fits"))
                .collect(Collectors.joining("; "));
    }

    private String noPorts() {
        return "no four ports in a row are free in " + range;
    }

    private Optional<Ports> freePorts(Host host) throws IOException {
        Set<Integer> held =
                seats.values().stream().map(seat -> seat.ports().mysql()).collect(Collectors.toSet());
        for (int first = range.first(); first + PortRange.EACH - 1 <= range.last(); first += PortRange.EACH) {
            if (clear(held, first) && probe.taken(host, first, PortRange.EACH).isEmpty()) {
                return Optional.of(new Ports(host.address(), first, first + 1, first + 2, first + 3));
            }
        }
        return Optional.empty();
    }

    /** Also when the range was moved since those ports were given. */
    private static boolean clear(Set<Integer> held, int first) {
        return held.stream().noneMatch(mysql -> Math.abs(mysql - first) < PortRange.EACH);
    }

    /** See {@link dev.cotton.core.port.Engine#shortage}. */
    public Optional<String> shortage(Resources size, int instances) {
        if (instances > range.instances()) {
            return Optional.of("ports: " + instances + " instances need " + (long) instances * PortRange.EACH + ", and "
                    + range + " are " + (range.last() - range.first() + 1) + ".");
        }
        return Fit.shortage(hosts.stream().map(Placement::room).toList(), size, instances);
    }

    /** What the hosts give, and what of it is given away. */
    public synchronized Capacity capacity() {
        Usage all = hosts.stream().map(Placement::room).map(Usage::of).reduce(Usage.NONE, Usage::plus);
        Usage used = hosts.stream().map(this::used).reduce(Usage.NONE, Usage::plus);
        return new Capacity(all.cpus(), all.mem(), all.disk(), used.cpus(), used.mem(), used.disk());
    }
}
