package dev.cotton.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A caller of {@code /api/v1}. */
public final class Api {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(2))
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .build();
    private final Supplier<String> url;

    /** @param url of the scheduler that is called, asked each time */
    public Api(Supplier<String> url) {
        this.url = url;
    }

    public record Reply(int status, String text) {
        public JsonNode json() {
            return JSON.readTree(text);
        }
    }

    public Reply call(String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url.get() + path))
                .timeout(LIMIT)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Reply accepted(String method, String path, String body) {
        Reply reply = call(method, path, body);
        if (reply.status() / 100 != 2) {
            throw new IllegalStateException(method + " " + path + " gave " + reply);
        }
        return reply;
    }

    public void create(String name, int instances) {
        create(name, instances, "lossless");
    }

    public void create(String name, int instances, String durability) {
        accepted(
                "POST",
                "/api/v1/clusters",
                "{\"name\":\"%s\",\"instances\":%d,\"user\":\"app\",\"durability\":\"%s\"}"
                        .formatted(name, instances, durability));
    }

    public void delete(String name, boolean purge) {
        accepted("DELETE", "/api/v1/clusters/" + name + (purge ? "?purge=true" : ""), "");
    }

    /** Destroys a deleted cluster that is in the bin. */
    public void purge(String name) {
        accepted("DELETE", "/api/v1/bin/" + name, "");
    }

    public void post(String path) {
        post(path, "");
    }

    public void post(String path, String body) {
        accepted("POST", path, body);
    }

    public JsonNode get(String path) {
        return accepted("GET", path, "").json();
    }

    /** The state of a cluster, or {@code absent}, or what kept the API from saying. */
    public String state(String name) {
        try {
            Reply reply = call("GET", "/api/v1/clusters/" + name, "");
            return switch (reply.status()) {
                case 200 -> reply.json().path("state").asString();
                case 404 -> "absent";
                default -> "HTTP " + reply.status();
            };
        } catch (UncheckedIOException e) {
            return "unreachable";
        }
    }

    public List<JsonNode> instances(String name) {
        return get("/api/v1/clusters/" + name + "/instances")
                .path("instances")
                .valueStream()
                .toList();
    }

    public JsonNode primary(String name) {
        return instances(name).stream()
                .filter(instance -> instance.path("role").asString().equals("primary"))
                .findFirst()
                .orElseThrow();
    }

    public List<JsonNode> replicas(String name) {
        return instances(name).stream()
                .filter(instance -> !instance.path("role").asString().equals("primary"))
                .toList();
    }

    /** mysqld's pid by instance. */
    public Map<String, Long> pids(String name) {
        Map<String, Long> pids = new TreeMap<>();
        instances(name)
                .forEach(instance -> pids.put(
                        instance.path("id").asString(),
                        instance.path("executor")
                                .path("report")
                                .path("processId")
                                .asLong(-1)));
        return pids;
    }

    /** mysqld's pid of one instance, -1 when none is known. */
    public long pid(String name, String instance) {
        return pids(name).getOrDefault(instance, -1L);
    }

    public String password(String name) {
        return get("/api/v1/clusters/" + name + "/credentials").path("password").asString();
    }
}
