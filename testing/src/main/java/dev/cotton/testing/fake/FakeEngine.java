package dev.cotton.testing.fake;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.PlacementSpec;
import dev.cotton.core.model.Ports;
import dev.cotton.core.model.Resources;
import dev.cotton.core.port.Engine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An engine without processes: what is wanted is so when the call returns. The order of events is the caller's, so that a
 * simulation with it is repeatable. Thread-safe.
 */
public final class FakeEngine implements Engine {
    private static final int FIRST_PORT = 20000;
    private static final int PORTS_EACH = 4;

    private final Resources room;
    private final List<String> hosts;
    private final Map<InstanceId, Held> held = new TreeMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** What is known of an instance; {@code block} is empty until it fits. */
    private record Held(InstanceSpec spec, String host, Optional<Integer> block, Presence presence, String why) {
        Held now(Presence next, String reason) {
            return new Held(spec, host, block, next, reason);
        }

        boolean takesMemory() {
            return block.isPresent() && presence != Presence.BINNED;
        }
    }

    /**
     * @param hosts their names
     * @param room of each host
     */
    public FakeEngine(List<String> hosts, Resources room) {
        this.hosts = List.copyOf(hosts);
        this.room = room;
    }

    @Override
    public void apply(InstanceSpec spec) {
        change(() -> {
            Held known = held.get(spec.id());
            if (known == null) {
                held.put(spec.id(), seated(spec));
            } else if (known.presence() == Presence.BINNED) {
                held.put(spec.id(), known.now(Presence.RUNNING, ""));
            }
        });
    }

    private Held seated(InstanceSpec spec) {
        Optional<String> host = hosts.stream()
                .filter(candidate -> fits(candidate, spec.resources()))
                .min(Comparator.comparingLong((String candidate) -> on(candidate).stream()
                                .filter(other -> other.spec().cluster().equals(spec.cluster()))
                                .count())
                        .thenComparingInt(candidate -> on(candidate).size()));
        return host.map(found -> new Held(spec, found, Optional.of(freeBlock()), Presence.RUNNING, ""))
                .orElseGet(() -> new Held(
                        spec,
                        "",
                        Optional.empty(),
                        Presence.WAITING,
                        String.join(", ", hosts) + ": mem or cpus or disk"));
    }

    private List<Held> on(String host) {
        return held.values().stream().filter(other -> other.host().equals(host)).toList();
    }

    private boolean fits(String host, Resources size) {
        Resources used = new Used(on(host)).plus(size);
        return used.cpus() <= room.cpus()
                && used.mem().compareTo(room.mem()) <= 0
                && used.disk().compareTo(room.disk()) <= 0;
    }

    private record Used(List<Held> all) {
        Resources plus(Resources size) {
            return new Resources(
                    size.cpus() + cpus(),
                    new DataSize(size.mem().bytes() + mem()),
                    new DataSize(size.disk().bytes() + disk()));
        }

        double cpus() {
            return all.stream()
                    .filter(Held::takesMemory)
                    .mapToDouble(one -> one.spec().resources().cpus())
                    .sum();
        }

        long mem() {
            return all.stream()
                    .filter(Held::takesMemory)
                    .mapToLong(one -> one.spec().resources().mem().bytes())
                    .sum();
        }

        long disk() {
            return all.stream()
                    .filter(one -> one.block().isPresent())
                    .mapToLong(one -> one.spec().resources().disk().bytes())
                    .sum();
        }
    }

    private int freeBlock() {
        int block = 0;
        while (taken(block)) {
            block++;
        }
        return block;
    }

    private boolean taken(int block) {
        return held.values().stream().anyMatch(other -> other.block().equals(Optional.of(block)));
    }

    @Override
    public void release(InstanceId id, Disposal disposal) {
        change(() -> {
            Held known = held.get(id);
            if (known == null) {
                return;
            }
            if (disposal == Disposal.DESTROY || known.block().isEmpty()) {
                held.remove(id);
            } else if (known.presence() != Presence.LOST) {
                held.put(id, known.now(Presence.BINNED, ""));
            }
            seatThoseThatWait();
        });
    }

    private void seatThoseThatWait() {
        List<Held> waiting = held.values().stream()
                .filter(one -> one.presence() == Presence.WAITING)
                .toList();
        waiting.forEach(one -> held.put(one.spec().id(), seated(one.spec())));
    }

    /** The data of {@code id} are gone. */
    public void lose(InstanceId id) {
        change(() ->
                held.computeIfPresent(id, (same, known) -> known.now(Presence.LOST, "its data are gone from disk")));
    }

    /** The host of {@code id} does not answer. */
    public void cutOff(InstanceId id) {
        change(() -> held.computeIfPresent(
                id, (same, known) -> known.now(Presence.UNREACHABLE, known.host() + " does not answer")));
    }

    /** The host of {@code id} answers again. */
    public void reconnect(InstanceId id) {
        change(() -> held.computeIfPresent(
                id,
                (same, known) -> known.presence() == Presence.UNREACHABLE ? known.now(Presence.RUNNING, "") : known));
    }

    private void change(Runnable change) {
        Map<InstanceId, Place> before = observe();
        synchronized (this) {
            change.run();
        }
        if (!observe().equals(before)) {
            listeners.forEach(Runnable::run);
        }
    }

    @Override
    public synchronized Map<InstanceId, Place> observe() {
        Map<InstanceId, Place> places = new TreeMap<>();
        held.forEach((id, one) -> places.put(
                id,
                new Place(one.presence(), one.host(), one.block().map(FakeEngine::ports), "none (fake)", one.why())));
        return Map.copyOf(places);
    }

    private static Ports ports(int block) {
        int first = FIRST_PORT + block * PORTS_EACH;
        return new Ports("127.0.0.1", first, first + 1, first + 2, first + 3);
    }

    @Override
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public Optional<String> objection(PlacementSpec placement) {
        return Optional.empty();
    }

    @Override
    public List<RoleShare> roles() {
        return List.of();
    }

    @Override
    public Optional<String> shortage(Resources size, PlacementSpec placement, int instances) {
        List<String> shortOf = new ArrayList<>();
        if (Math.floor(room.cpus() / size.cpus()) * hosts.size() < instances) {
            shortOf.add("cpus");
        }
        if (room.mem().bytes() / size.mem().bytes() * hosts.size() < instances) {
            shortOf.add("mem");
        }
        if (room.disk().bytes() / size.disk().bytes() * hosts.size() < instances) {
            shortOf.add("disk");
        }
        return shortOf.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        String.join(" and ", shortOf) + ": " + instances + " instances of " + size + " do not fit.");
    }

    @Override
    public synchronized Capacity capacity() {
        Used used = new Used(List.copyOf(held.values()));
        return new Capacity(
                room.cpus() * hosts.size(),
                room.mem().times(hosts.size()),
                room.disk().times(hosts.size()),
                used.cpus(),
                new DataSize(used.mem()),
                new DataSize(used.disk()));
    }

    @Override
    public void close() {
        listeners.clear();
    }
}
