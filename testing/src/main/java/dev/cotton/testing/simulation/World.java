package dev.cotton.testing.simulation;

import dev.cotton.core.model.Incarnation;
import dev.cotton.core.model.InstanceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** All instances and their hosts, clients that write all the time, and what those were told. */
final class World {
    private final Timeline timeline;
    private final Flaw flaw;
    private final List<SimulatedHost> hosts = new ArrayList<>();
    private final Map<InstanceId, SimulatedInstance> instances = new LinkedHashMap<>();
    private final List<Consumer<InstanceId>> listeners = new ArrayList<>();
    private final Map<Incarnation, Position> everHeld = new HashMap<>();
    private final Set<Set<Integer>> cuts = new HashSet<>();
    private final Set<Set<Integer>> stalls = new HashSet<>();
    private Predicate<SimulatedInstance> mishaps = instance -> false;
    private Position acknowledged = Position.START;
    private long changes;
    private int incarnations;
    private int uuids;
    private final Map<Integer, Position> ackers = new TreeMap<>();

    /** @param machines on which instances are placed */
    World(Timeline timeline, Flaw flaw, int machines) {
        this.timeline = timeline;
        this.flaw = flaw;
        for (int host = 0; host < machines; host++) {
            hosts.add(new SimulatedHost("host" + host));
        }
        timeline.every(
                10, 60, () -> instances().forEach(instance -> instance.mysqld().commit(false)));
        timeline.every(500, 1_000, this::reconnect);
        timeline.every(
                300,
                600,
                () -> instances()
                        .filter(SimulatedInstance::executorUp)
                        .forEach(instance -> instance.mysqld().commit(true)));
    }

    boolean flawed(Flaw asked) {
        return flaw == asked;
    }

    // Places.

    List<SimulatedHost> hosts() {
        return hosts;
    }

    void place(InstanceId id, SimulatedHost host) {
        instances.put(id, new SimulatedInstance(timeline, this, id, host));
    }

    void remove(InstanceId id) {
        instances.remove(id);
        changed();
    }

    Stream<SimulatedInstance> instances() {
        return instances.values().stream();
    }

    Optional<SimulatedInstance> instance(InstanceId id) {
        return Optional.ofNullable(instances.get(id));
    }

    Stream<SimulatedMysqld> replicasOf(SimulatedMysqld source) {
        return instances()
                .map(SimulatedInstance::mysqld)
                .filter(replica ->
                        replica.receiver().source().filter(source::equals).isPresent());
    }

    /** The number of a server's UUID, which is new with every copy of the data. */
    int newUuid() {
        return ++uuids;
    }

    Incarnation newIncarnation() {
        return new Incarnation("data%06d".formatted(++incarnations));
    }

    // Faults.

    /**
     * Takes the connection between two servers away.
     *
     * @param silently whether none of them is told; otherwise their connections are reset
     */
    void cut(SimulatedMysqld one, SimulatedMysqld other, boolean silently) {
        for (Connection connection : Stream.of(
                        one.receiver().connectionTo(other), other.receiver().connectionTo(one))
                .flatMap(Optional::stream)
                .toList()) {
            if (silently) {
                connection.breakSilently();
            } else {
                connection.end();
            }
        }
        cuts.add(Set.of(one.ordinal(), other.ordinal()));
    }

    /** Has nothing flow between two servers, which stay connected. */
    void stall(SimulatedMysqld one, SimulatedMysqld other) {
        stalls.add(Set.of(one.ordinal(), other.ordinal()));
    }

    /** Ends a {@link #stall}. */
    void flow(SimulatedMysqld one, SimulatedMysqld other) {
        stalls.remove(Set.of(one.ordinal(), other.ordinal()));
        reconnect();
    }

    boolean flows(SimulatedMysqld one, SimulatedMysqld other) {
        return stalls.isEmpty() || !stalls.contains(Set.of(one.ordinal(), other.ordinal()));
    }

    /** Ends every cut and every stall. */
    void mend() {
        cuts.clear();
        stalls.clear();
        reconnect();
    }

    /** A receiver that is not connected tries again and again. */
    private void reconnect() {
        instances()
                .map(SimulatedInstance::mysqld)
                .forEach(mysqld -> mysqld.receiver().soon());
    }

    boolean connected(SimulatedMysqld one, SimulatedMysqld other) {
        return cuts.isEmpty() || !cuts.contains(Set.of(one.ordinal(), other.ordinal()));
    }

    /** Who decides whether something crashes between two steps of an executor. */
    void onStep(Predicate<SimulatedInstance> trouble) {
        mishaps = trouble;
    }

    boolean mishap(SimulatedInstance instance) {
        return mishaps.test(instance);
    }

    // What was told.

    void onNews(Consumer<InstanceId> listener) {
        listeners.add(listener);
    }

    void news(InstanceId id) {
        changed();
        listeners.forEach(listener -> listener.accept(id));
    }

    void acknowledged(int ordinal, int uuid, long number) {
        acknowledged = acknowledged.with(uuid, number);
        ackers.merge(ordinal, Position.START.with(uuid, number), Position::union);
        changed();
    }

    /** What servers have acknowledged since this was asked last, by their ordinals. */
    Map<Integer, Position> takeAckers() {
        Map<Integer, Position> taken = Map.copyOf(ackers);
        ackers.clear();
        return taken;
    }

    /** Something happened that an invariant may speak of. */
    void changed() {
        changes++;
    }

    long changes() {
        return changes;
    }

    /** Every commit that a client was told of. */
    Position acknowledged() {
        return acknowledged;
    }

    /** Notes what every member holds now. */
    void note() {
        instances()
                .forEach(instance -> instance.data()
                        .ifPresent(
                                data -> everHeld.merge(data, instance.mysqld().received(), Position::union)));
    }

    /** What those data held at any time, whatever has become of them. */
    Position everHeld(Incarnation data) {
        return everHeld.getOrDefault(data, Position.START);
    }
}
