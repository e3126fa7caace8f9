package dev.cotton.scheduler.engine.mesos.offer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says why a wish found no seat. */
final class Shortage {
    private Shortage() {}

    /**
     * Which resource is short on how many agents, and what else stands in the way.
     *
     * @param closing how many more agents offer something and are to be left soon
     */
    static String sentence(Wish wish, List<Room> rooms, int closing, Neighbours neighbours) {
        int agents = rooms.size() + closing;
        if (agents == 0) {
            return nothing(wish.role());
        }
        Map<String, Integer> reasons = new LinkedHashMap<>();
        if (closing > 0) {
            reasons.put("maintenance ahead", closing);
        }
        for (Room room : rooms) {
            String reason = neighbours
                    .objection(wish, room.agent())
                    .or(() -> room.lacks(wish.need()).map(lack -> shortOf(lack, wish.need())))
                    .orElseThrow();
            reasons.merge(reason, 1, Integer::sum);
        }
        return "None of " + agents + (agents == 1 ? " agent that offers" : " agents that offer")
                + " something to the role " + wish.role() + " has room: "
                + reasons.entrySet().stream()
                        .map(reason ->
                                reason.getValue() + (reason.getValue() == 1 ? " has " : " have ") + reason.getKey())
                        .collect(Collectors.joining(", "))
                + ".";
    }

    /** That there are no offers at all. */
    static String nothing(String role) {
        return "No agent offers anything to the role " + role + " now.";
    }

    private static String shortOf(Room.Lack lack, Need need) {
        return switch (lack) {
            case MEM -> "less than " + need.mem() + " memory";
            case CPUS -> "less than " + need.cpus() + " cpus";
            case DISK -> "less than " + need.disk() + " disk";
            case MOUNT -> "no free mount disk of " + need.mount().orElseThrow() + " or more";
            case PORTS -> "fewer than " + need.ports() + " ports";
        };
    }
}
