package dev.cotton.scheduler.engine.mesos.offer;

import dev.cotton.core.model.InstanceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives every wish that fits a seat, in one pass over all that is offered: the first wish first, each on the agent that is
 * farthest from the rest of its cluster (zone, then rack) and then the least loaded. Takes time in proportion to wishes
 * times agents. Pure.
 */
public final class Matching {
    private final List<Room> rooms;
    private final Map<String, Neighbours> clusters = new HashMap<>();
    private final List<Settled> settled;

    private Matching(List<Vacancy> vacancies, List<Settled> settled) {
        Map<String, Long> load = new HashMap<>();
        settled.forEach(neighbour -> load.merge(neighbour.agent().id(), 1L, Long::sum));
        this.rooms = vacancies.stream()
                .map(vacancy ->
                        new Room(vacancy, load.getOrDefault(vacancy.agent().id(), 0L)))
                .toList();
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
     * @param vacancies one of each agent
     * @param settled every instance that has a place, of whichever cluster
     */
    public static Outcome match(List<Wish> wishes, List<Vacancy> vacancies, List<Settled> settled) {
        return new Matching(vacancies, settled).serve(wishes);
    }

    private Outcome serve(List<Wish> wishes) {
        Map<InstanceId, Seat> seats = new LinkedHashMap<>();
        Map<InstanceId, String> shortages = new LinkedHashMap<>();
        for (Wish wish : wishes) {
            Neighbours neighbours = clusters.computeIfAbsent(wish.cluster(), this::neighbours);
            Optional<Room> best = best(wish, neighbours);
            if (best.isPresent()) {
                Room room = best.get();
                seats.put(wish.id(), new Seat(room.agent(), room.take(wish.need())));
                neighbours.add(room.agent());
            } else {
                shortages.put(wish.id(), Shortage.sentence(wish, rooms, neighbours));
            }
        }
        return new Outcome(seats, shortages);
    }

    private Neighbours neighbours(String cluster) {
        Neighbours neighbours = new Neighbours(rooms.stream().map(Room::agent).toList());
        settled.stream()
                .filter(other -> other.cluster().equals(cluster))
                .forEach(other -> neighbours.add(other.agent()));
        return neighbours;
    }

    private Optional<Room> best(Wish wish, Neighbours neighbours) {
        Optional<Room> best = Optional.empty();
        for (Room room : rooms) {
            if (room.lacks(wish.need()).isEmpty()
                    && (best.isEmpty() || neighbours.better(room, best.get()))
                    && neighbours.objection(wish, room.agent()).isEmpty()) {
                best = Optional.of(room);
            }
        }
        return best;
    }

    /** What is left of a vacancy. */
    static final class Room {
        private static final double MILLI = 1000;

        private final Vacancy vacancy;
        private final int portsOffered;
        private final Optional<String> zone;
        private final Optional<String> rack;
        private long milliCpus;
        private long mem;
        private long disk;
        private int portsTaken;
        private long load;

        Room(Vacancy vacancy, long load) {
            this.vacancy = vacancy;
            this.milliCpus = (long) Math.floor(vacancy.cpus() * MILLI + 1e-6);
            this.mem = vacancy.mem().bytes();
            this.disk = vacancy.disk().bytes();
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

        /** How many of Cotton's instances are on it. */
        long load() {
            return load;
        }

        long freeMem() {
            return mem;
        }

        /** The first resource that is short; empty when it fits. */
        Optional<Resource> lacks(Need need) {
            if (mem < need.mem().bytes()) {
                return Optional.of(Resource.MEM);
            }
            if (milliCpus < milli(need)) {
                return Optional.of(Resource.CPUS);
            }
            if (disk < need.disk().bytes()) {
                return Optional.of(Resource.DISK);
            }
            return portsOffered - portsTaken < need.ports() ? Optional.of(Resource.PORTS) : Optional.empty();
        }

        private static long milli(Need need) {
            return (long) Math.ceil(need.cpus() * MILLI - 1e-6);
        }

        List<Integer> take(Need need) {
            milliCpus -= milli(need);
            mem -= need.mem().bytes();
            disk -= need.disk().bytes();
            List<Integer> ports = new ArrayList<>(vacancy.ports().pick(portsTaken, need.ports()));
            portsTaken += need.ports();
            load++;
            return List.copyOf(ports);
        }
    }

    /** What an agent may be short of. */
    enum Resource {
        MEM,
        CPUS,
        DISK,
        PORTS
    }
}
