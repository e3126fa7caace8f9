package dev.cotton.mesos;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Does what the custom executor of the laboratory did: runs a task's data as a shell command, echoes messages, and
 * subscribes again when its agent has gone.
 */
final class LabExecutor {
    private static final JsonMapper JSON = JsonMapper.shared();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Map<String, Process> processes = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> unacknowledgedTasks = new ConcurrentHashMap<>();
    private final Map<String, ObjectNode> unacknowledgedUpdates = new ConcurrentHashMap<>();

    /** The command that runs it. */
    static String command() {
        return "exec '" + System.getProperty("java.home") + "/bin/java' -XX:TieredStopAtLevel=1 -Xmx64m -cp '"
                + System.getProperty("java.class.path") + "' " + LabExecutor.class.getName();
    }

    public static void main(String[] arguments) throws Exception {
        new LabExecutor().run();
    }

    private void run() throws InterruptedException {
        Instant giveUp = Instant.now().plus(recovery());
        while (Instant.now().isBefore(giveUp)) {
            try {
                HttpResponse<InputStream> stream = subscribe();
                if (stream.statusCode() == 200) {
                    giveUp = follow(stream);
                }
            } catch (IOException agentIsAway) {
                System.out.println("the agent is away: " + agentIsAway);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        System.exit(1);
    }

    private static Duration recovery() {
        String timeout = System.getenv("MESOS_RECOVERY_TIMEOUT");
        if (timeout == null) {
            return Duration.ofSeconds(1);
        }
        return Duration.parse("PT" + timeout.replace("secs", "S").replace("mins", "M"));
    }

    private HttpResponse<InputStream> subscribe() throws IOException, InterruptedException {
        ObjectNode call = call("SUBSCRIBE");
        ArrayNode tasks = JSON.createArrayNode().addAll(unacknowledgedTasks.values());
        ArrayNode updates = JSON.createArrayNode();
        unacknowledgedUpdates.values().forEach(each -> updates.add(object("status", each)));
        ObjectNode subscribe = JSON.createObjectNode();
        subscribe.set("unacknowledged_tasks", tasks);
        subscribe.set("unacknowledged_updates", updates);
        call.set("subscribe", subscribe);
        return http.send(request(call), HttpResponse.BodyHandlers.ofInputStream());
    }

    /** Handles events until the stream ends in any way; returns until when the agent may stay away then. */
    private Instant follow(HttpResponse<InputStream> response) throws InterruptedException {
        try (InputStream stream = new BufferedInputStream(response.body())) {
            follow(stream);
        } catch (IOException broken) {
            System.out.println("the stream broke: " + broken);
        }
        return Instant.now().plus(recovery());
    }

    private void follow(InputStream stream) throws IOException, InterruptedException {
        StringBuilder length = new StringBuilder();
        for (int each = stream.read(); each >= 0; each = stream.read()) {
            if (each != '\n') {
                length.append((char) each);
                continue;
            }
            int size = Integer.parseInt(length.toString());
            length.setLength(0);
            handle(JSON.readTree(stream.readNBytes(size)));
        }
    }

    private void handle(JsonNode event) throws IOException, InterruptedException {
        String type = event.path("type").asString("");
        JsonNode body = event.path(type.toLowerCase(Locale.ROOT));
        String task = body.path("task_id").path("value").asString("");
        switch (type) {
            case "LAUNCH" -> launch(body.path("task"));
            case "KILL" -> {
                Optional.ofNullable(processes.get(task)).ifPresent(Process::destroyForcibly);
                update(task, "TASK_KILLED", "");
            }
            case "ACKNOWLEDGED" -> {
                unacknowledgedTasks.remove(task);
                unacknowledgedUpdates.remove(body.path("uuid").asString(""));
            }
            case "MESSAGE" -> message(body.path("data").asString(""));
            case "SHUTDOWN" -> {
                if (System.getenv("IGNORE_SHUTDOWN") == null) {
                    System.exit(0);
                }
            }
            default -> System.out.println(event);
        }
    }

    private void launch(JsonNode task) throws IOException, InterruptedException {
        String id = task.path("task_id").path("value").asString("");
        unacknowledgedTasks.put(id, task);
        update(id, "TASK_STARTING", "");
        String command = new String(Base64.getDecoder().decode(task.path("data").asString("")), StandardCharsets.UTF_8);
        Process process =
                new ProcessBuilder("/bin/sh", "-c", command).inheritIO().start();
        processes.put(id, process);
        update(id, "TASK_RUNNING", "pid " + process.pid());
        Thread.ofVirtual().name("task-" + id).start(() -> awaitEnd(id, process));
    }

    private void awaitEnd(String task, Process process) {
        try {
            int status = process.waitFor();
            if (status == 137) {
                return;
            }
            update(task, status == 0 ? "TASK_FINISHED" : "TASK_FAILED", "exit " + status);
        } catch (IOException agentIsAway) {
            System.out.println("sent again later: " + agentIsAway);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void message(String data) throws IOException, InterruptedException {
        String text = new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
        ObjectNode call = call("MESSAGE");
        String echo = Base64.getEncoder().encodeToString(("echo:" + text).getBytes(StandardCharsets.UTF_8));
        call.set("message", JSON.createObjectNode().put("data", echo));
        send(call);
        if (text.equals("exit7")) {
            System.exit(7);
        }
    }

    private void update(String task, String state, String message) throws IOException, InterruptedException {
        ObjectNode status = JSON.createObjectNode();
        status.set("task_id", id(task));
        status.set("executor_id", id(System.getenv("MESOS_EXECUTOR_ID")));
        status.put("source", "SOURCE_EXECUTOR").put("state", state).put("uuid", uuid());
        if (!message.isEmpty()) {
            status.put("message", message);
        }
        if (state.equals("TASK_RUNNING")) {
            status.put("data", "cHJvZ3Jlc3MgMA==");
        }
        unacknowledgedUpdates.put(status.path("uuid").asString(), status);
        ObjectNode call = call("UPDATE");
        call.set("update", object("status", status));
        send(call);
    }

    private void send(ObjectNode call) throws IOException, InterruptedException {
        http.send(request(call), HttpResponse.BodyHandlers.discarding());
    }

    private static ObjectNode call(String type) {
        ObjectNode call = JSON.createObjectNode().put("type", type);
        call.set("executor_id", id(System.getenv("MESOS_EXECUTOR_ID")));
        call.set("framework_id", id(System.getenv("MESOS_FRAMEWORK_ID")));
        return call;
    }

    private static HttpRequest request(ObjectNode call) {
        String agent = System.getenv("MESOS_AGENT_ENDPOINT");
        return HttpRequest.newBuilder(URI.create("http://" + agent + "/api/v1/executor"))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(call)))
                .build();
    }

    private static ObjectNode id(String value) {
        return JSON.createObjectNode().put("value", value);
    }

    private static ObjectNode object(String field, JsonNode value) {
        ObjectNode object = JSON.createObjectNode();
        object.set(field, value);
        return object;
    }

    private static String uuid() {
        UUID uuid = UUID.randomUUID();
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
        return Base64.getEncoder().encodeToString(bytes);
    }
}
