package dev.cotton.scheduler.rest;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code openapi.yaml}, read, and real answers held against it. */
final class Contract {
    private static final Set<String> METHODS = Set.of("get", "post", "delete", "put", "patch");

    private final JsonNode root;
    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    Contract(String yaml) {
        root = new YAMLMapper().readTree(yaml);
    }

    /** What each operation is called, by its route as in {@code GET /path/{parameter}}. */
    Map<String, String> operations() {
        Map<String, String> operations = new TreeMap<>();
        root.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(entry -> METHODS.contains(entry.getKey()))
                        .forEach(entry -> operations.put(
                                entry.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                entry.getValue().path("operationId").asString())));
        return operations;
    }

    Set<String> schemaNames() {
        return Set.copyOf(root.path("components").path("schemas").propertyNames());
    }

    JsonNode schema(String name) {
        return root.path("components").path("schemas").path(name);
    }

    /** What of {@code answer} is not as the contract has it for {@code route}; empty when all is. */
    List<String> complaints(String route, HttpResponse<String> answer) {
        String[] words = route.split(" ", 2);
        JsonNode responses = root.path("paths")
                .path(words[1])
                .path(words[0].toLowerCase(Locale.ROOT))
                .path("responses");
        String status = String.valueOf(answer.statusCode());
        JsonNode response = resolved(responses.has(status) ? responses.path(status) : responses.path("default"));
        String type = answer.headers().firstValue("Content-Type").orElse("").split(";", 2)[0];
        JsonNode content = response.path("content");
        if (!content.has(type)) {
            return List.of(route + " answered " + status + " with " + type + ", and the contract has " + content);
        }
        List<String> missing = response.path("headers").propertyNames().stream()
                .filter(name -> answer.headers().firstValue(name).isEmpty())
                .map(name -> route + " lacks the header " + name)
                .toList();
        if (!missing.isEmpty() || !type.endsWith("json")) {
            return missing;
        }
        return invalid(content.path(type).path("schema"), answer.body());
    }

    private List<String> invalid(JsonNode schema, String body) {
        ObjectNode whole = schema.deepCopy().asObject();
        whole.set("components", root.path("components"));
        return schemas.getSchema(whole).validate(new YAMLMapper().readTree(body)).stream()
                .map(Error::toString)
                .toList();
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? root.at(node.path("$ref").asString().substring(1)) : node;
    }
}
