package dev.cotton.scheduler.engine.mesos.offer;

import dev.cotton.core.model.InstanceId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Gives every wish that fits a seat, in one pass over all that is offered: the first wish first, each on the agent that is
 * farthest from the rest of its cluster (agent, zone, then rack) and then the least loaded. Takes time in proportion to wishes
 * times agents. Pure.
 */
public final class Matching {
    private final Map<String, List<Room>> rooms;
    private final Map<String, Long> closing;
    private final Map<String, Neighbours> clusters = new HashMap<>();
    private final List<Settled> settled;

    private Matching(List<Vacancy> vacancies, List<Settled> settled) {
        Map<String, Room.Load> loads = new HashMap<>();
        settled.forEach(neighbour -> loads.computeIfAbsent(neighbour.agent().id(), _ -> new Room.Load())
                .more());
        this.closing = vacancies.stream()
                .filter(Vacancy::closing)
                .collect(Collectors.groupingBy(Vacancy::role, Collectors.counting()));
        this.rooms = vacancies.stream()
                .filter(vacancy -> !vacancy.closing())
                .collect(Collectors.groupingBy(
                        Vacancy::role,
                        Collectors.mapping(
                                vacancy -> new Room(
                                        vacancy,
                                        loads.computeIfAbsent(vacancy.agent().id(), _ -> new Room.Load())),
                                Collectors.toList())));
        this.settled = settled;
    }

    /**
     * @param seats of the wishes that fit, none over what its agent offers
     * @param shortages why the others do not, a sentence each
     */
    public record Outcome(Map<InstanceId, Seat> seats, Map<InstanceId, String> shortages) {}

    /** A place on an agent, with ports. */
    public record Seat(Agent agent, List<Integer> ports) {}

    /**
     * @param wishes in the order in which they are served
     * @param vacancies one of each agent for each role
     * @param settled every instance that has a place and keeps it, of whichever cluster
     */
    public static Outcome match(List<Wish> wishes, List<Vacancy> vacancies, List<Settled> settled) {
        return new Matching(vacancies, settled).serve(wishes);
    }

    /** Why a wish of that role has no seat while there are no offers at all. */
    public static String nothingOffered(String role) {
        return Shortage.nothing(role);
    }

    private Outcome serve(List<Wish> wishes) {
        Map<InstanceId, Seat> seats = new LinkedHashMap<>();
        Map<InstanceId, String> shortages = new LinkedHashMap<>();
        for (Wish wish : wishes) {
            List<Room> offered = rooms.getOrDefault(wish.role(), List.of());
            Neighbours neighbours = clusters.computeIfAbsent(wish.cluster(), cluster -> neighbours(cluster, offered));
            Optional<Room> best = best(wish, offered, neighbours);
            if (best.isPresent()) {
                Room room = best.get();
                seats.put(wish.id(), new Seat(room.agent(), room.take(wish)));
                neighbours.add(room.agent());
            } else {
                int left = closing.getOrDefault(wish.role(), 0L).intValue();
                shortages.put(wish.id(), Shortage.sentence(wish, offered, left, neighbours));
            }
        }
        return new Outcome(seats, shortages);
    }

    private Neighbours neighbours(String cluster, List<Room> offered) {
        Neighbours neighbours = new Neighbours(offered.stream().map(Room::agent).toList());
        settled.stream()
                .filter(other -> other.cluster().equals(cluster))
                .forEach(other -> neighbours.add(other.agent()));
        return neighbours;
    }

    private static Optional<Room> best(Wish wish, List<Room> offered, Neighbours neighbours) {
        Optional<Room> best = Optional.empty();
        for (Room room : offered) {
            if (room.lacks(wish.need()).isEmpty()
                    && (best.isEmpty() || neighbours.better(wish, room, best.get()))
                    && neighbours.objection(wish, room.agent()).isEmpty()) {
                best = Optional.of(room);
            }
        }
        return best;
    }
}
