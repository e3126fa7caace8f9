package dev.cotton.testing.mesos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An agent's options as Mesos shows them in offers and to executors. */
final class AgentDescription {
    private static final Pattern RANGES = Pattern.compile("\\[\\d+-\\d+(, ?\\d+-\\d+)*]");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

    private AgentDescription() {}

    static Resources resources(AgentOptions options) {
        List<Resource> all = new ArrayList<>();
        all.add(scalar("cpus", options.cpus()));
        all.add(scalar("mem", options.mem()));
        all.add(scalar("disk", options.disk()));
        all.add(Resource.unreserved("ports", Quantity.ranges(options.firstPort(), options.lastPort())));
        options.more().forEach(each -> all.addAll(more(each)));
        return Resources.of(all);
    }

    private static Resource scalar(String name, double amount) {
        return Resource.unreserved(name, Quantity.Scalar.of(amount));
    }

    private static List<Resource> more(AgentOptions.More more) {
        return switch (more) {
            case AgentOptions.Reserved(var role, var cpus, var mem, var disk) -> {
                List<JsonNode> reservations =
                        List.of(Json.object().put("type", "STATIC").put("role", role));
                yield List.of(
                        scalar("cpus", cpus).reservedAs(reservations),
                        scalar("mem", mem).reservedAs(reservations),
                        scalar("disk", disk).reservedAs(reservations));
            }
            case AgentOptions.PathDisk(var root, var megabytes) -> {
                ObjectNode source = Json.object().put("type", "PATH");
                source.set("path", Json.object().put("root", root));
                yield List.of(scalar("disk", megabytes).on(Json.object("source", source)));
            }
            case AgentOptions.MountDisk(var folder, var megabytes) ->
                List.of(Resource.mount(folder, Quantity.Scalar.of(megabytes)));
        };
    }

    /** Adds host name, address, domain and attributes to an offer. */
    static void describe(Agent agent, ObjectNode offer) {
        AgentOptions options = agent.options();
        offer.put("hostname", options.hostname());
        offer.set("url", url(agent));
        options.domain().ifPresent(each -> offer.set("domain", domain(each)));
        if (!options.attributes().isEmpty()) {
            offer.set(
                    "attributes",
                    Json.array(options.attributes().entrySet().stream()
                            .map(AgentDescription::attribute)
                            .toList()));
        }
    }

    static ObjectNode domain(AgentOptions.Domain told) {
        ObjectNode domain = Json.object("region", Json.object().put("name", told.region()));
        domain.set("zone", Json.object().put("name", told.zone()));
        return Json.object("fault_domain", domain);
    }

    static ObjectNode url(Agent agent) {
        ObjectNode url = Json.object().put("scheme", "http").put("path", "/slave(1)");
        url.set(
                "address",
                Json.object()
                        .put("hostname", agent.options().hostname())
                        .put("ip", "127.0.0.1")
                        .put("port", agent.port()));
        return url;
    }

    private static ObjectNode attribute(Map.Entry<String, String> entry) {
        ObjectNode attribute = Json.object().put("name", entry.getKey());
        if (RANGES.matcher(entry.getValue()).matches()) {
            Ranges.parse(entry.getValue()).writeTo(attribute);
        } else if (NUMBER.matcher(entry.getValue()).matches()) {
            Quantity.Scalar.of(Double.parseDouble(entry.getValue())).writeTo(attribute);
        } else {
            attribute.put("type", "TEXT").set("text", Json.object().put("value", entry.getValue()));
        }
        return attribute;
    }

    /** AgentInfo, as executors see it. */
    static ObjectNode info(Agent agent) {
        ObjectNode info =
                Json.object().put("hostname", agent.options().hostname()).put("port", agent.port());
        info.set("resources", resources(agent.options()).json(true, false));
        if (!agent.options().attributes().isEmpty()) {
            info.set(
                    "attributes",
                    Json.array(agent.options().attributes().entrySet().stream()
                            .map(AgentDescription::attribute)
                            .toList()));
        }
        info.set("id", Json.id(agent.id()));
        return info;
    }
}
