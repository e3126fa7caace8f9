package dev.cotton.testing.simulation;

import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.Incarnation;
import dev.cotton.core.model.InstanceId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All servers, and what clients were told. */
final class World {
    private static final long CLIENT_PAUSE = 40;
    private static final long HEARTBEAT_PAUSE = 500;

    private final Timeline timeline;
    private final Map<InstanceId, SimulatedServer> servers = new LinkedHashMap<>();
    private final Runnable news;
    private GtidSet acknowledged = GtidSet.EMPTY;
    private long changes;
    private int boots;
    private int incarnations;

    /** @param news told after each change that an executor would report at once */
    World(Timeline timeline, Runnable news) {
        this.timeline = timeline;
        this.news = news;
        clients();
        heartbeats();
    }

    private void clients() {
        timeline.after(CLIENT_PAUSE / 2, CLIENT_PAUSE * 2, () -> {
            servers().filter(SimulatedServer::open).forEach(SimulatedServer::commit);
            clients();
        });
    }

    private void heartbeats() {
        timeline.after(HEARTBEAT_PAUSE, HEARTBEAT_PAUSE, () -> {
            servers().forEach(SimulatedServer::heartbeat);
            heartbeats();
        });
    }

    private void replicate(InstanceId id) {
        timeline.after(
                5,
                60,
                () -> server(id).ifPresent(server -> {
                    server.receive();
                    replicate(id);
                }));
    }

    SimulatedServer place(InstanceId id) {
        SimulatedServer server = new SimulatedServer(timeline, this, id);
        servers.put(id, server);
        replicate(id);
        return server;
    }

    void remove(InstanceId id) {
        servers.remove(id);
    }

    Stream<SimulatedServer> servers() {
        return servers.values().stream();
    }

    Optional<SimulatedServer> server(InstanceId id) {
        return Optional.ofNullable(servers.get(id));
    }

    void news(InstanceId id) {
        changed();
        news.run();
    }

    void acknowledged(GtidSet gtid) {
        acknowledged = acknowledged.union(gtid);
        changed();
    }

    /** Something happened that an invariant may speak of. */
    void changed() {
        changes++;
    }

    long changes() {
        return changes;
    }

    /** Every commit that a client was told of. */
    GtidSet acknowledged() {
        return acknowledged;
    }

    String newBoot() {
        return "boot-" + ++boots;
    }

    Incarnation newIncarnation() {
        return new Incarnation("data%06d".formatted(++incarnations));
    }

    String uuid(InstanceId id) {
        return "%08x-0000-0000-0000-000000000000".formatted(id.ordinal() + 1);
    }
}
