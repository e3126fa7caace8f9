package dev.cotton.testing.mesos;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** An agent's options as Mesos shows them in offers and to executors. */
final class AgentDescription {
    private static final Pattern RANGES = Pattern.compile("\\[(\\d+)-(\\d+)]");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

    private AgentDescription() {}

    static Resources resources(AgentOptions options) {
        return Resources.of(List.of(
                Resource.unreserved("cpus", Quantity.Scalar.of(options.cpus())),
                Resource.unreserved("mem", Quantity.Scalar.of(options.mem())),
                Resource.unreserved("disk", Quantity.Scalar.of(options.disk())),
                Resource.unreserved("ports", Quantity.ranges(options.firstPort(), options.lastPort()))));
    }

    /** Adds host name, address, domain and attributes to an offer. */
    static void describe(Agent agent, ObjectNode offer) {
        AgentOptions options = agent.options();
        offer.put("hostname", options.hostname());
        offer.set("url", url(agent));
        options.domain().ifPresent(each -> {
            ObjectNode domain = Json.object("region", Json.object().put("name", each.region()));
            domain.set("zone", Json.object().put("name", each.zone()));
            offer.set("domain", Json.object("fault_domain", domain));
        });
        if (!options.attributes().isEmpty()) {
            offer.set(
                    "attributes",
                    Json.array(options.attributes().entrySet().stream()
                            .map(AgentDescription::attribute)
                            .toList()));
        }
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
        Matcher ranges = RANGES.matcher(entry.getValue());
        if (ranges.matches()) {
            Quantity.ranges(Long.parseLong(ranges.group(1)), Long.parseLong(ranges.group(2)))
                    .writeTo(attribute);
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
