package dev.cotton.testing.simulation;

import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Ports;
import dev.cotton.core.port.Engine.Disposal;
import dev.cotton.core.port.Engine.Place;
import dev.cotton.core.port.Engine.Presence;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Places instances and starts their executors again. What it was told outlives every scheduler; a scheduler whose term
 * is over tells it nothing.
 */
final class SimulatedEngine {
    private static final int FIRST_PORT = 20_000;
    private static final int PORTS_EACH = 4;

    private static final Place NOWHERE =
            new Place(Presence.WAITING, "", Optional.empty(), "", "every host is to be left");

    private final Timeline timeline;
    private final World world;
    private final LongSupplier term;
    private final Set<InstanceId> wanted = new LinkedHashSet<>();
    private final Set<InstanceId> binned = new HashSet<>();
    private final Set<InstanceId> homeless = new LinkedHashSet<>();
    private final Set<String> unreachable = new HashSet<>();
    private final Set<String> closing = new HashSet<>();

    /** @param term of the leader */
    SimulatedEngine(Timeline timeline, World world, LongSupplier term) {
        this.timeline = timeline;
        this.world = world;
        this.term = term;
        timeline.every(200, 600, () -> {
            world.instances()
                    .filter(instance -> wanted.contains(instance.id))
                    .forEach(SimulatedInstance::startExecutor);
            List.copyOf(homeless).forEach(this::place);
        });
    }

    void apply(long by, InstanceId id) {
        if (by == term.getAsLong()) {
            wanted.add(id);
            timeline.after(5, 100, () -> {
                if (wanted.contains(id)) {
                    binned.remove(id);
                    place(id);
                }
            });
        }
    }

    /** On a host that nobody has to leave; while there is none it is tried again. */
    private void place(InstanceId id) {
        if (world.instance(id).isPresent()) {
            return;
        }
        List<SimulatedHost> hosts = world.hosts();
        Optional<SimulatedHost> host = IntStream.range(0, hosts.size())
                .mapToObj(step -> hosts.get((id.ordinal() + step) % hosts.size()))
                .filter(each -> !closing.contains(each.name()))
                .findFirst();
        if (host.isEmpty()) {
            homeless.add(id);
            return;
        }
        homeless.remove(id);
        timeline.tell(() -> id + ": placed on " + host.get().name());
        world.place(id, host.get());
    }

    void release(long by, InstanceId id, Disposal disposal) {
        if (by == term.getAsLong()) {
            wanted.remove(id);
            homeless.remove(id);
            timeline.after(5, 300, () -> {
                if (!wanted.contains(id)) {
                    world.instance(id).ifPresent(instance -> dispose(instance, disposal));
                }
            });
        }
    }

    private void dispose(SimulatedInstance instance, Disposal disposal) {
        timeline.tell(() -> instance.id + ": released, " + disposal);
        instance.end();
        switch (disposal) {
            case KEEP -> binned.add(instance.id);
            case DESTROY -> {
                binned.remove(instance.id);
                world.remove(instance.id);
            }
        }
    }

    /**
     * What runs on that host is to leave it, and nothing new is placed there. After a while it may be used again, perhaps
     * before anything has left.
     *
     * @param span in milliseconds
     * @param meant asked then: without it the host stays as it is
     */
    void close(SimulatedHost host, long span, BooleanSupplier meant) {
        if (closing.add(host.name())) {
            timeline.tell(() -> host.name() + ": is to be left");
        }
        timeline.after(span, span, () -> {
            if (meant.getAsBoolean()) {
                open(host);
            }
        });
    }

    private void open(SimulatedHost host) {
        if (closing.remove(host.name())) {
            timeline.tell(() -> host.name() + ": may be used again");
        }
    }

    /** Perhaps some hosts are still to be left from now on; one at least is not. */
    void openSomewhere() {
        if (world.hosts().stream().allMatch(this::closes) || timeline.chance(0.5)) {
            world.hosts().forEach(this::open);
        }
    }

    boolean closes(SimulatedHost host) {
        return closing.contains(host.name());
    }

    /** Schedulers do not get through to that host for a while; what runs there goes on. */
    void cutOff(SimulatedHost host) {
        unreachable.add(host.name());
        timeline.tell(() -> host.name() + ": out of reach for schedulers");
    }

    /** Ends every {@link #cutOff}. */
    void reconnect() {
        unreachable.clear();
    }

    boolean reaches(SimulatedInstance instance) {
        return instance.host().up() && !unreachable.contains(instance.host().name());
    }

    Map<InstanceId, Place> observe() {
        Map<InstanceId, Place> places = new LinkedHashMap<>();
        wanted.forEach(id -> places.put(id, NOWHERE));
        world.instances().forEach(instance -> places.put(instance.id, place(instance)));
        return places;
    }

    private Place place(SimulatedInstance instance) {
        int first = FIRST_PORT + PORTS_EACH * instance.id.ordinal();
        Ports ports = new Ports("127.0.0.1", first, first + 1, first + 2, first + 3);
        String notice = closes(instance.host()) ? instance.host().name() + " is to be left" : "";
        return new Place(presence(instance), instance.host().name(), Optional.of(ports), "none", "", notice);
    }

    private Presence presence(SimulatedInstance instance) {
        if (instance.lost()) {
            return Presence.LOST;
        }
        if (binned.contains(instance.id)) {
            return Presence.BINNED;
        }
        return reaches(instance) ? Presence.RUNNING : Presence.UNREACHABLE;
    }
}
