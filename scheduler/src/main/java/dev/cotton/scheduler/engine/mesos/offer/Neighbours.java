package dev.cotton.scheduler.engine.mesos.offer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the instances of one cluster are, while others of it are being placed. */
final class Neighbours {
    private final List<Agent> fleet;
    private final List<Agent> held = new ArrayList<>();
    private final Map<String, Integer> agents = new HashMap<>();
    private final Map<String, Integer> zones = new HashMap<>();
    private final Map<String, Integer> racks = new HashMap<>();
    private final Map<String, Map<String, Integer>> byField = new HashMap<>();

    /** @param fleet all agents that offer something: values that hold nothing yet are known by them */
    Neighbours(List<Agent> fleet) {
        this.fleet = fleet;
    }

    void add(Agent agent) {
        held.add(agent);
        agents.merge(agent.id(), 1, Integer::sum);
        agent.failureZone().ifPresent(zone -> zones.merge(zone, 1, Integer::sum));
        agent.rack().ifPresent(rack -> racks.merge(rack, 1, Integer::sum));
        byField.forEach((field, counts) -> agent.value(field).ifPresent(value -> counts.merge(value, 1, Integer::sum)));
    }

    /** Why an instance may not go there whatever there is room for; empty when it may. */
    Optional<String> objection(Wish wish, Agent agent) {
        if (wish.apart() && agents.containsKey(agent.id())) {
            return Optional.of("another instance of this cluster");
        }
        for (Constraint constraint : wish.constraints()) {
            if (!constraint.allows(agent.value(constraint.field()), counts(constraint.field()))) {
                return Optional.of("the constraint " + constraint + " against them");
            }
        }
        return Optional.empty();
    }

    private Map<String, Integer> counts(String field) {
        return byField.computeIfAbsent(field, this::count);
    }

    private Map<String, Integer> count(String field) {
        Map<String, Integer> counts = new HashMap<>();
        fleet.forEach(agent -> agent.value(field).ifPresent(value -> counts.putIfAbsent(value, 0)));
        held.forEach(agent -> agent.value(field).ifPresent(value -> counts.merge(value, 1, Integer::sum)));
        return counts;
    }

    /**
     * Whether {@code room} is to be preferred: fewer of the cluster on its agent, then in its zone, then in its rack, then
     * less on it, then more memory free.
     */
    boolean better(Wish wish, Room room, Room than) {
        int byAgent = wish.apart() ? 0 : Integer.compare(on(room.agent()), on(than.agent()));
        if (byAgent != 0) {
            return byAgent < 0;
        }
        int byZone = Integer.compare(count(zones, room.zone()), count(zones, than.zone()));
        if (byZone != 0) {
            return byZone < 0;
        }
        int byRack = Integer.compare(count(racks, room.rack()), count(racks, than.rack()));
        if (byRack != 0) {
            return byRack < 0;
        }
        return room.load() != than.load() ? room.load() < than.load() : room.freeMem() > than.freeMem();
    }

    private int on(Agent agent) {
        return agents.getOrDefault(agent.id(), 0);
    }

    private static int count(Map<String, Integer> counts, Optional<String> value) {
        return value.map(known -> counts.getOrDefault(known, 0)).orElse(0);
    }
}
