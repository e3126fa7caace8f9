package dev.cotton.testing.mesos;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Roles as {@code /roles} shows them, and their quota: it is shown and not enforced. */
final class Roles {
    private static final List<String> SCALARS = List.of("cpus", "mem", "disk");

    private final Master master;

    Roles(Master master) {
        this.master = master;
    }

    /** UPDATE_QUOTA. */
    void update(JsonNode configs) {
        configs.forEach(config -> master.cluster.registry().quotas.put(Json.text(config, "role"), config));
    }

    ObjectNode json() {
        TreeSet<String> names = new TreeSet<>(master.cluster.registry().quotas.keySet());
        master.frameworks.values().forEach(each -> names.addAll(each.roles()));
        return Json.object("roles", Json.array(names.stream().map(this::role).toList()));
    }

    private ObjectNode role(String name) {
        Resources used = allocated(name);
        Resources offered =
                sum(master.offers.of(each -> each.role().equals(name)).stream().map(Offer::resources));
        Resources reserved = reserved(name);
        ObjectNode json = Json.object().put("name", name).put("weight", 1.0);
        ObjectNode quota = Json.object().put("role", name);
        JsonNode config = master.cluster.registry().quotas.getOrDefault(name, Json.object());
        quota.set("guarantee", values(config.path("guarantees")));
        quota.set("limit", values(config.path("limits")));
        quota.set("consumed", amounts(consumed(used, reserved)));
        json.set("quota", quota);
        json.set("resources", amounts(used.plus(offered)));
        json.set("allocated", amounts(used));
        json.set("offered", amounts(offered));
        json.set("reserved", amounts(reserved));
        json.set(
                "frameworks",
                Json.array(master.frameworks.values().stream()
                        .filter(each -> each.roles().contains(name))
                        .map(each -> Json.parse("\"" + each.id + "\""))
                        .toList()));
        return json;
    }

    private Resources allocated(String role) {
        return sum(master.frameworks.values().stream()
                .flatMap(each -> Stream.concat(
                        each.tasks.values().stream()
                                .filter(task -> !task.hasEnded())
                                .map(task -> task.resources),
                        each.executors.values().stream()))
                .map(each -> each.filter(resource -> resource.role().equals(role))));
    }

    private Resources reserved(String role) {
        return sum(master.agents.values().stream()
                .map(each ->
                        each.total.filter(resource -> resource.reservedRole().equals(role))));
    }

    /** What is allocated, and of what is reserved the part that is not. */
    private static Resources consumed(Resources allocated, Resources reserved) {
        return reserved.plus(allocated.filter(each -> each.reservations().isEmpty()));
    }

    private static Resources sum(Stream<Resources> parts) {
        return parts.reduce(Resources.NONE, Resources::plus);
    }

    private static ObjectNode amounts(Resources resources) {
        ObjectNode json = Json.object();
        SCALARS.forEach(name -> {
            if (resources.thousandths(name) > 0) {
                json.put(name, resources.thousandths(name) / 1000.0);
            }
        });
        return json;
    }

    /** {@code {"cpus": {"value": 4}}} as {@code {"cpus": 4.0}}. */
    private static ObjectNode values(JsonNode scalars) {
        ObjectNode json = Json.object();
        scalars.properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))
                .forEach((name, scalar) -> json.put(name, Json.number(scalar, "value", 0)));
        return json;
    }
}
