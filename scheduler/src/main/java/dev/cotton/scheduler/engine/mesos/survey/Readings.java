package dev.cotton.scheduler.engine.mesos.survey;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.port.Engine.Amounts;
import dev.cotton.core.port.Engine.RoleShare;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads {@code /roles} and {@code /slaves} of a master, one entry at a time: a fleet's list may have many megabytes. */
final class Readings {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final DataSize NONE = new DataSize(0);

    private Readings() {}

    /** Of {@code /roles}, those that are among {@code wanted}. */
    static List<RoleShare> roles(InputStream body, Collection<String> wanted) throws IOException {
        List<RoleShare> shares = new ArrayList<>();
        entries(body, Map.of("roles", role -> share(role, wanted).ifPresent(shares::add)));
        return shares;
    }

    private static Optional<RoleShare> share(JsonNode role, Collection<String> wanted) {
        JsonNode quota = role.path("quota");
        return Optional.of(role.path("name").asString(""))
                .filter(wanted::contains)
                .map(name -> new RoleShare(
                        name,
                        amounts(quota.path("guarantee")),
                        amounts(quota.path("limit")),
                        amounts(quota.path("consumed"))));
    }

    /**
     * @param sizes by the agents' ids
     * @param missing how many agents the master waits for since it began to lead
     */
    record Agents(Map<String, AgentSize> sizes, int missing) {}

    /** Of {@code /slaves}. */
    static Agents agents(InputStream body) throws IOException {
        Map<String, AgentSize> sizes = new HashMap<>();
        List<JsonNode> missing = new ArrayList<>();
        entries(
                body,
                Map.of(
                        "slaves",
                        agent -> sizes.put(
                                agent.path("id").asString(""),
                                new AgentSize(
                                        agent.path("resources").path("cpus").asDouble(0),
                                        size(agent.path("resources"), "mem").orElse(NONE),
                                        size(agent.path("resources"), "disk").orElse(NONE))),
                        "recovered_slaves",
                        missing::add));
        return new Agents(sizes, missing.size());
    }

    private static Amounts amounts(JsonNode node) {
        return new Amounts(
                node.has("cpus") ? OptionalDouble.of(node.path("cpus").asDouble(0)) : OptionalDouble.empty(),
                size(node, "mem"),
                size(node, "disk"));
    }

    private static Optional<DataSize> size(JsonNode node, String name) {
        return node.has(name)
                ? Optional.of(DataSize.ofMegabytes((long) node.path(name).asDouble(0)))
                : Optional.empty();
    }

    /** @param readers of the elements of arrays, by the arrays' names */
    private static void entries(InputStream body, Map<String, Consumer<JsonNode>> readers) throws IOException {
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("it is not an object");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                Optional<Consumer<JsonNode>> reader = Optional.ofNullable(readers.get(parser.currentName()));
                JsonToken value = parser.nextToken();
                if (reader.isEmpty() || value != JsonToken.START_ARRAY) {
                    parser.skipChildren();
                } else {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        reader.get().accept(parser.readValueAsTree());
                    }
                }
            }
        }
    }
}
