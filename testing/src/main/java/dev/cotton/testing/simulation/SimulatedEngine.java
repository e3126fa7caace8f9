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

/** Places servers, starts executors again, and keeps what it was told through every crash of a scheduler. */
final class SimulatedEngine {
    private final Timeline timeline;
    private final World world;
    private final Set<InstanceId> binned = new HashSet<>();

    SimulatedEngine(Timeline timeline, World world) {
        this.timeline = timeline;
        this.world = world;
        lookAfter();
    }

    private void lookAfter() {
        timeline.after(200, 600, () -> {
            world.servers().filter(server -> !binned.contains(server.id)).forEach(SimulatedServer::startExecutor);
            lookAfter();
        });
    }

    void apply(InstanceId id) {
        timeline.after(5, 100, () -> {
            if (world.server(id).isEmpty()) {
                timeline.tell(id + ": placed");
                world.place(id);
            }
            binned.remove(id);
        });
    }

    void release(InstanceId id, Disposal disposal) {
        timeline.after(
                5,
                300,
                () -> world.server(id).ifPresent(server -> {
                    timeline.tell(id + ": released, " + disposal);
                    server.end();
                    switch (disposal) {
                        case KEEP -> binned.add(id);
                        case DESTROY -> {
                            binned.remove(id);
                            world.remove(id);
                        }
                    }
                }));
    }

    Map<InstanceId, Place> observe() {
        Map<InstanceId, Place> places = new LinkedHashMap<>();
        world.servers().forEach(server -> places.put(server.id, place(server)));
        return places;
    }

    private Place place(SimulatedServer server) {
        Presence presence =
                server.destroyed() ? Presence.LOST : binned.contains(server.id) ? Presence.BINNED : Presence.RUNNING;
        int base = 20000 + 4 * server.id.ordinal();
        return new Place(
                presence, "host", Optional.of(new Ports("127.0.0.1", base, base + 1, base + 2, base + 3)), "none", "");
    }
}
