package dev.cotton.scheduler.engine.mesos.offer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says why a wish found no seat. */
final class Shortage {
    private Shortage() {}

    /** Which resource is short on how many agents, and what else stands in the way. */
    static String sentence(Wish wish, List<Matching.Room> rooms, Neighbours neighbours) {
        if (rooms.isEmpty()) {
            return "No agent offers anything now.";
        }
        Map<String, Integer> reasons = new LinkedHashMap<>();
        for (Matching.Room room : rooms) {
            String reason = neighbours
                    .objection(wish, room.agent())
                    .or(() -> room.lacks(wish.need()).map(resource -> shortOf(resource, wish.need())))
                    .orElseThrow();
            reasons.merge(reason, 1, Integer::sum);
        }
        return "None of " + rooms.size() + (rooms.size() == 1 ? " agent" : " agents")
                + " that offer something has room: "
                + reasons.entrySet().stream()
                        .map(reason ->
                                reason.getValue() + (reason.getValue() == 1 ? " has " : " have ") + reason.getKey())
                        .collect(Collectors.joining(", "))
                + ".";
    }

    private static String shortOf(Matching.Resource resource, Need need) {
        return switch (resource) {
            case MEM -> "less than " + need.mem() + " memory";
            case CPUS -> "less than " + need.cpus() + " cpus";
            case DISK -> "less than " + need.disk() + " disk";
            case PORTS -> "fewer than " + need.ports() + " ports";
        };
    }
}
