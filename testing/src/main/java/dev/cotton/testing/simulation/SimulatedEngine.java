package dev.cotton.testing.simulation;

import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Ports;
import dev.cotton.core.port.Engine.Disposal;
import dev.cotton.core.port.Engine.Place;
import dev.cotton.core.port.Engine.Presence;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Places instances and starts their executors again. What it was told outlives every scheduler; a scheduler whose term
 * is over tells it nothing.
 */
final class SimulatedEngine {
    private static final int FIRST_PORT = 20_000;
    private static final int PORTS_EACH = 4;

    private final Timeline timeline;
    private final World world;
    private final LongSupplier term;
    private final Set<InstanceId> wanted = new HashSet<>();
    private final Set<InstanceId> binned = new HashSet<>();
    private final Set<String> unreachable = new HashSet<>();

    /** @param term of the leader */
    SimulatedEngine(Timeline timeline, World world, LongSupplier term) {
        this.timeline = timeline;
        this.world = world;
        this.term = term;
        timeline.every(
                200,
                600,
                () -> world.instances()
                        .filter(instance -> wanted.contains(instance.id))
                        .forEach(SimulatedInstance::startExecutor));
    }

    void apply(long by, InstanceId id) {
        if (by == term.getAsLong()) {
            wanted.add(id);
            timeline.after(5, 100, () -> {
                if (wanted.contains(id) && world.instance(id).isEmpty()) {
                    timeline.tell(() -> id + ": placed");
                    world.place(id);
                }
                if (wanted.contains(id)) {
                    binned.remove(id);
                }
            });
        }
    }

    void release(long by, InstanceId id, Disposal disposal) {
        if (by == term.getAsLong()) {
            wanted.remove(id);
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
        world.instances().forEach(instance -> places.put(instance.id, place(instance)));
        return places;
    }

    private Place place(SimulatedInstance instance) {
        int first = FIRST_PORT + PORTS_EACH * instance.id.ordinal();
        Ports ports = new Ports("127.0.0.1", first, first + 1, first + 2, first + 3);
        return new Place(presence(instance), instance.host().name(), Optional.of(ports), "none", "");
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
