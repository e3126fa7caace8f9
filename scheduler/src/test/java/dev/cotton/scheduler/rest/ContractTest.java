package dev.cotton.scheduler.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.DataSize;
import dev.cotton.scheduler.rest.resource.ApiJson;
import dev.cotton.scheduler.rest.resource.ChangeCluster;
import dev.cotton.scheduler.rest.resource.ClusterResource;
import dev.cotton.scheduler.rest.resource.CreateCluster;
import dev.cotton.scheduler.rest.resource.CreatePlacement;
import dev.cotton.scheduler.rest.resource.CreateSize;
import dev.cotton.scheduler.rest.resource.FromBackup;
import dev.cotton.scheduler.rest.resource.ReplaceCluster;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code openapi.yaml} says neither more nor less than what the server does. */
final class ContractTest {
    private static final Set<Class<?>> REQUESTS = Set.of(
            ChangeCluster.class,
            CreateCluster.class,
            CreateSize.class,
            CreatePlacement.class,
            FromBackup.class,
            ReplaceCluster.class);
    private static final String DURATION = "^PT(-?[0-9]+H)?(-?[0-9]+M)?(-?[0-9]+([.][0-9]+)?S)?$";
    private static final String ENTRY = "/api/v1/clusters/{name}/quarantine/{id}";
    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";

    private final RunningServer server = new RunningServer();
    private Contract contract = new Contract("{}");

    @BeforeEach
    void read() throws IOException {
        contract = new Contract(file());
        server.fleet.live.add(Samples.healthy("demo"));
        server.fleet.binned.add(Samples.binned("gone"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void servesTheContractItself() throws IOException {
        assertThat(server.get("/api/v1/openapi.yaml").body()).isEqualTo(file());
    }

    @Test
    void hasEveryRouteAndNoOther() {
        assertThat(contract.operations().keySet()).isEqualTo(new TreeSet<>(server.routes()));
        assertThat(contract.operations().values()).doesNotHaveDuplicates().doesNotContain("");
    }

    @Test
    void hasASchemaForEveryRecord() throws Exception {
        Set<String> named = contract.schemaNames().stream()
                .filter(name -> !name.startsWith("Original"))
                .collect(Collectors.toSet());

        assertThat(records().map(Class::getSimpleName).collect(Collectors.toSet()))
                .isEqualTo(named);
    }

    @Test
    void hasEveryFieldOfEveryRecordAsItIsWritten() throws Exception {
        for (Class<?> type : records().toList()) {
            JsonNode schema = contract.schema(type.getSimpleName());
            assertThat(properties(schema)).as(type.getSimpleName()).isEqualTo(expectedProperties(type));
            if (REQUESTS.contains(type)) {
                assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
            } else {
                assertThat(required(schema)).as(type.getSimpleName()).isEqualTo(expectedRequired(type));
            }
        }
    }

    @Test
    void answersEveryOperationAsAgreed() {
        String entry = "/api/v1/clusters/demo/quarantine/" + FakeQuarantine.ID;
        Map<String, String> paths = new TreeMap<>(Map.ofEntries(
                Map.entry("GET /", "/"),
                Map.entry("GET /vars.json", "/vars.json"),
                Map.entry("GET /metrics", "/metrics"),
                Map.entry("GET /api/v1/operations/{id}", "/api/v1/operations/op-1-of-demo"),
                Map.entry("GET /api/v1/instances/{id}", "/api/v1/instances/demo-1"),
                Map.entry("GET /api/v1/instances/{id}/log", "/api/v1/instances/demo-1/log"),
                Map.entry("GET " + ENTRY, entry),
                Map.entry("GET " + ENTRY + "/text", entry + "/text"),
                Map.entry("DELETE " + ENTRY, entry),
                Map.entry("GET /api/v1/backups/{id}", "/api/v1/backups/" + FakeBackups.ID),
                Map.entry("DELETE /api/v1/backups/{id}", "/api/v1/backups/" + FakeBackups.ID + "?force=true"),
                Map.entry("POST /api/v1/backups/{id}/verify", "/api/v1/backups/" + FakeBackups.ID + "/verify"),
                Map.entry("POST /api/v1/clusters/{name}/restore", "/api/v1/clusters/gone/restore"),
                Map.entry("DELETE /api/v1/bin/{name}", "/api/v1/bin/gone"),
                Map.entry("POST /clusters/{name}", "/clusters/original")));
        Set<String> routes = new TreeSet<>(contract.operations().keySet());
        routes.remove("GET /api/v1/events");

        for (String route : routes) {
            server.fleet.quarantine.refill();
            String path = paths.getOrDefault(route, route.split(" ", 2)[1].replace("{name}", "demo"));
            var answer = server.send(server.to(path)
                    .header("Content-Type", path.startsWith("/api") ? JSON : FORM)
                    .method(route.split(" ", 2)[0], java.net.http.HttpRequest.BodyPublishers.ofString(body(route))));
            assertThat(answer.statusCode()).as(route).isBetween(200, 299);
            assertThat(contract.complaints(route, answer)).as(route).isEmpty();
        }
    }

    @Test
    void answersRefusalsAsAgreed() {
        assertThat(contract.complaints("GET /api/v1/clusters/{name}", server.get("/api/v1/clusters/absent")))
                .isEmpty();
        assertThat(contract.complaints("POST /api/v1/clusters", server.postJson("/api/v1/clusters", "{\"size\": 3}")))
                .isEmpty();
        assertThat(contract.complaints(
                        "POST /clusters/{name}", server.form("POST", "/clusters/demo", "cluster_user=u")))
                .isEmpty();
        assertThat(contract.complaints(
                        "DELETE /cluster/{name}", server.form("DELETE", "/cluster/demo", "password=wrong")))
                .isEmpty();
        server.fleet.ready = false;
        assertThat(contract.complaints("GET /api/v1/health", server.get("/api/v1/health")))
                .isEmpty();
    }

    @Test
    void canBeReadBackByAClient() {
        ClusterResource cluster =
                ApiJson.mapper().readValue(server.get("/api/v1/clusters/demo").body(), ClusterResource.class);

        assertThat(ApiJson.mapper().writeValueAsString(cluster))
                .isEqualTo(server.get("/api/v1/clusters/demo").body());
        assertThat(cluster.instances()).hasSize(3);
        assertThat(cluster.instances().get(2).mysql()).isEmpty();
    }

    private static String body(String route) {
        return switch (route) {
            case "POST /api/v1/clusters" -> "{\"name\": \"new\"}";
            case "POST /api/v1/clusters/{name}/switchover", "PATCH /api/v1/clusters/{name}" -> "{}";
            case "POST /api/v1/clusters/{name}/replace" -> "{\"from\":{\"cluster\":\"old\"}}";
            case "POST /api/v1/clusters/{name}/failover" -> "{\"confirm\": \"demo\"}";
            case "POST /api/v1/clusters/{name}/pause-automation" -> "{\"who\": \"ann\", \"why\": \"a repair\"}";
            case "PUT /api/v1/clusters/{name}/backup-policy" -> "{\"schedule\":\"none\"}";
            case "POST /clusters/{name}" -> "cluster_user=u";
            case "DELETE /clusters/{name}", "DELETE /cluster/{name}" -> "password=" + FakeFleet.PASSWORD;
            default -> "";
        };
    }

    private static String file() throws IOException {
        try (InputStream in = ContractTest.class.getResourceAsStream("/openapi.yaml")) {
            return new String(Optional.ofNullable(in).orElseThrow().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Stream<Class<?>> records() throws Exception {
        URL folder = Optional.ofNullable(ApiJson.class.getResource(".")).orElseThrow();
        String[] files = Optional.ofNullable(new File(folder.toURI()).list()).orElseThrow();
        return Arrays.stream(files)
                .filter(name -> name.endsWith(".class") && !name.contains("$") && !name.contains("-"))
                .map(name -> ApiJson.class.getPackageName() + "." + name.substring(0, name.length() - 6))
                .<Class<?>>map(ContractTest::load)
                .filter(Class::isRecord);
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> expectedProperties(Class<?> type) {
        Map<String, String> expected = new TreeMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            expected.put(component.getName(), written(component.getGenericType()));
        }
        if (type == CreateCluster.class) {
            expected.put("name", "string ^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$");
            expected.put("durability", "string of [lossless, lossless-power, async]");
        }
        if (type == ChangeCluster.class) {
            expected.put("durability", "string of [lossless, lossless-power, async]");
        }
        if (type == CreatePlacement.class) {
            expected.put("diskType", "string of [root, mount]");
        }
        return expected;
    }

    private static Set<String> expectedRequired(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> component.getType() != Optional.class)
                .map(RecordComponent::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** How a value of {@code type} is written, in a word. */
    private static String written(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            if (generic.getRawType() == Optional.class) {
                return written(last);
            }
            return (generic.getRawType() == List.class ? "array of " : "map of ") + written(last);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return "string of "
                    + Arrays.stream(plain.getEnumConstants())
                            .map(value -> ApiJson.word((Enum<?>) value))
                            .toList();
        }
        return Map.ofEntries(
                        Map.entry(String.class, "string"),
                        Map.entry(DataSize.class, "string"),
                        Map.entry(Instant.class, "string date-time"),
                        Map.entry(Duration.class, "string " + DURATION),
                        Map.entry(boolean.class, "boolean"),
                        Map.entry(Boolean.class, "boolean"),
                        Map.entry(int.class, "integer int32"),
                        Map.entry(Integer.class, "integer int32"),
                        Map.entry(long.class, "integer int64"),
                        Map.entry(Long.class, "integer int64"),
                        Map.entry(double.class, "number double"),
                        Map.entry(Double.class, "number double"))
                .getOrDefault(plain, plain.getSimpleName());
    }

    private static Map<String, String> properties(JsonNode schema) {
        Map<String, String> properties = new TreeMap<>();
        schema.path("properties")
                .properties()
                .forEach(entry -> properties.put(entry.getKey(), agreed(entry.getValue())));
        return properties;
    }

    /** The same word for what the contract says. */
    private static String agreed(JsonNode property) {
        if (property.has("$ref")) {
            String reference = property.path("$ref").asString();
            return reference.substring(reference.lastIndexOf('/') + 1);
        }
        String type = property.path("type").asString();
        return switch (type) {
            case "array" -> "array of " + agreed(property.path("items"));
            case "object" -> "map of " + agreed(property.path("additionalProperties"));
            default ->
                Stream.of(type, text(property, "format"), text(property, "pattern"), words(property))
                        .filter(word -> !word.isEmpty())
                        .collect(Collectors.joining(" "));
        };
    }

    private static String text(JsonNode property, String name) {
        return property.path(name).asString("");
    }

    private static String words(JsonNode property) {
        return property.has("enum")
                ? "of "
                        + property.path("enum")
                                .valueStream()
                                .map(JsonNode::asString)
                                .toList()
                : "";
    }

    private static Set<String> required(JsonNode schema) {
        return schema.path("required")
                .valueStream()
                .map(JsonNode::asString)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
