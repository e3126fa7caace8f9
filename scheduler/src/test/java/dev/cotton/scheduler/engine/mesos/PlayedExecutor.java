package dev.cotton.scheduler.engine.mesos;

import dev.cotton.core.mesos.RecordIo;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an executor says to its agent, for a process that only lives: tells that its task runs, with data in the volume, and
 * ends the process when the task is to end.
 */
final class PlayedExecutor {
    /** What an agent starts: leaves its environment and its process id in the sandbox, and lives. */
    static final String COMMAND = "echo $$ >pid; env >identity.new; mv identity.new identity; exec sleep 100000";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LARGEST = 1 << 20;
    private final HttpClient http;
    private final Path sandbox;
    private final Map<String, String> environment;

    private PlayedExecutor(HttpClient http, Path sandbox, Map<String, String> environment) {
        this.http = http;
        this.sandbox = sandbox;
        this.environment = environment;
    }

    /** Plays for the process of {@code sandbox} on a thread of its own; false while it has not started. */
    static boolean play(HttpClient http, Path sandbox) throws IOException {
        Path identity = sandbox.resolve("identity");
        if (!Files.exists(identity)) {
            return false;
        }
        Map<String, String> environment = Files.readAllLines(identity).stream()
                .map(line -> line.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1]));
        PlayedExecutor played = new PlayedExecutor(http, sandbox, environment);
        Thread.ofVirtual()
                .name("played-" + environment.get("MESOS_EXECUTOR_ID"))
                .start(played::run);
        return true;
    }

    private void run() {
        ObjectNode call = call("SUBSCRIBE");
        call.putObject("subscribe");
        try {
            HttpResponse<InputStream> response = http.send(request(call), BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                RecordIo events = new RecordIo(body, LARGEST);
                for (Optional<byte[]> next = events.next(); next.isPresent(); next = events.next()) {
                    handle(JSON.readTree(next.get()));
                }
            }
        } catch (IOException ended) {
            // With its process, or with its agent.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(JsonNode event) throws IOException, InterruptedException {
        switch (event.path("type").asString("")) {
            case "LAUNCH" -> {
                String task = event.at("/launch/task/task_id/value").asString("");
                Path rows = sandbox.resolve("data").resolve("rows");
                update(task, "TASK_STARTING");
                if (!Files.exists(rows)) {
                    Files.writeString(rows, UUID.randomUUID().toString());
                }
                update(task, "TASK_RUNNING");
            }
            case "KILL" -> {
                update(event.at("/kill/task_id/value").asString(""), "TASK_KILLED");
                end();
            }
            case "SHUTDOWN" -> end();
            default -> {}
        }
    }

    private void end() throws IOException {
        long pid = Long.parseLong(Files.readString(sandbox.resolve("pid")).strip());
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    private void update(String task, String state) throws IOException, InterruptedException {
        UUID uuid = UUID.randomUUID();
        byte[] bytes = ByteBuffer.allocate(Long.BYTES * 2)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
        ObjectNode call = call("UPDATE");
        ObjectNode status = call.putObject("update").putObject("status");
        status.putObject("task_id").put("value", task);
        status.put("state", state).put("source", "SOURCE_EXECUTOR");
        status.put("uuid", Base64.getEncoder().encodeToString(bytes));
        http.send(request(call), BodyHandlers.discarding());
    }

    private ObjectNode call(String type) {
        ObjectNode call = JSON.createObjectNode().put("type", type);
        call.putObject("executor_id").put("value", environment.get("MESOS_EXECUTOR_ID"));
        call.putObject("framework_id").put("value", environment.get("MESOS_FRAMEWORK_ID"));
        return call;
    }

    private HttpRequest request(ObjectNode call) {
        return HttpRequest.newBuilder(
                        URI.create("http://" + environment.get("MESOS_AGENT_ENDPOINT") + "/api/v1/executor"))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(call)))
                .build();
    }
}
