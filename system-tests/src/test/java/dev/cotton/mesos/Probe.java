package dev.cotton.mesos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A framework in a few lines: subscribes, launches one task per agent on a volume of its own, and acknowledges. */
final class Probe implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String LABEL = "'labels': {'labels': [{'key': 'instance', 'value': 'w1'}]}";
    private static final String RESERVED =
            "'reservations': [{'type': 'DYNAMIC', 'role': 'cotton', 'principal': 'cotton', " + LABEL + "}]";
    private static final String VOLUME = "{'name': 'disk', 'type': 'SCALAR', 'scalar': {'value': 64}, " + RESERVED
            + ", 'disk': {'persistence': {'id': 'vol-1', 'principal': 'cotton'},"
            + " 'volume': {'container_path': 'data', 'mode': 'RW'}}}";
    private final RawConnection stream;
    private final int port;
    private final String streamId;
    private final String frameworkId;

    /** Subscribes at {@code address}, with the framework's id when it has one already. */
    Probe(String address, String id) throws IOException, InterruptedException {
        port = port(address);
        String info = "{'user': '" + System.getProperty("user.name") + "', 'name': 'probe', 'principal': 'cotton',"
                + " 'failover_timeout': 3600, 'checkpoint': true, 'roles': ['cotton'], 'capabilities':"
                + " [{'type': 'MULTI_ROLE'}, {'type': 'PARTITION_AWARE'}, {'type': 'RESERVATION_REFINEMENT'}]"
                + (id.isEmpty() ? "" : ", 'id': {'value': '" + id + "'}") + "}";
        stream = new RawConnection(
                port,
                post("{'type': 'SUBSCRIBE', 'subscribe': {'framework_info': " + info + "}"
                        + (id.isEmpty() ? "" : ", 'framework_id': {'value': '" + id + "'}") + "}"));
        streamId = stream.response().headers().getOrDefault("mesos-stream-id", "");
        JsonNode subscribed = event(each -> type(each).equals("SUBSCRIBED"));
        frameworkId =
                subscribed.path("subscribed").path("framework_id").path("value").asString("");
    }

    /** Waits for the end of the stream; whether it ended with the terminating chunk. */
    boolean endsProperly() throws InterruptedException {
        return stream.endsProperly(PATIENCE);
    }

    /** The port of {@code host:port}. */
    static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    String frameworkId() {
        return frameworkId;
    }

    /** The next offer. */
    JsonNode offer() throws InterruptedException {
        return event(each -> type(each).equals("OFFERS"))
                .path("offers")
                .path("offers")
                .path(0);
    }

    /** The next event that fits. */
    JsonNode event(Predicate<JsonNode> fits) throws InterruptedException {
        return stream.take(fits, PATIENCE)
                .orElseThrow(() -> new AssertionError("no such event, there is " + stream.left()));
    }

    /** The next update of a task in that state, acknowledged if it is to be. */
    JsonNode update(String task, String state) throws IOException, InterruptedException {
        JsonNode status = event(each -> each.path("update")
                                .path("status")
                                .path("task_id")
                                .path("value")
                                .asString("")
                                .equals(task)
                        && each.path("update")
                                .path("status")
                                .path("state")
                                .asString("")
                                .equals(state))
                .path("update")
                .path("status");
        if (status.has("uuid")) {
            ObjectNode acknowledge = JSON.createObjectNode();
            acknowledge.set("agent_id", status.path("agent_id"));
            acknowledge.set("task_id", status.path("task_id"));
            acknowledge.set("uuid", status.path("uuid"));
            call("ACKNOWLEDGE", JSON.writeValueAsString(acknowledge));
        }
        return status;
    }

    /** Reserves, creates a volume and launches a task with a custom executor that runs {@code command}. */
    void launch(JsonNode offer, String task, String command, String data) throws IOException {
        String cpus = "{'name': 'cpus', 'type': 'SCALAR', 'scalar': {'value': 0.1}}";
        String plainDisk = "{'name': 'disk', 'type': 'SCALAR', 'scalar': {'value': 64}, " + RESERVED + "}";
        String agent = JSON.writeValueAsString(offer.path("agent_id"));
        String executor = "{'type': 'CUSTOM', 'executor_id': {'value': 'executor-" + task
                + "'}, 'shutdown_grace_period': {'nanoseconds': 1000000000}, 'command': {'value': "
                + JSON.writeValueAsString(command).replace("'", "\\u0027") + "}}";
        String info = "{'name': '" + task + "', 'task_id': {'value': '" + task + "'}, 'agent_id': " + agent
                + ", 'resources': [" + cpus + ", " + VOLUME + "], 'executor': " + executor + ", 'data': '"
                + Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.UTF_8)) + "'}";
        boolean exists = offer.path("resources").toString().contains("vol-1");
        String operations = exists
                ? ""
                : "{'type': 'RESERVE', 'reserve': {'resources': [" + plainDisk + "]}},"
                        + "{'type': 'CREATE', 'create': {'volumes': [" + VOLUME + "]}},";
        accept(offer, operations + "{'type': 'LAUNCH', 'launch': {'task_infos': [" + info + "]}}");
    }

    /** Destroys the volume and gives the reservation back. */
    void release(JsonNode offer) throws IOException {
        String plainDisk = "{'name': 'disk', 'type': 'SCALAR', 'scalar': {'value': 64}, " + RESERVED + "}";
        accept(
                offer,
                "{'type': 'DESTROY', 'destroy': {'volumes': [" + VOLUME + "]}},"
                        + "{'type': 'UNRESERVE', 'unreserve': {'resources': [" + plainDisk + "]}}");
    }

    private void accept(JsonNode offer, String operations) throws IOException {
        call(
                "ACCEPT",
                "{'offer_ids': [" + JSON.writeValueAsString(offer.path("id")) + "], 'operations': [" + operations
                        + "], 'filters': {'refuse_seconds': 0}}");
    }

    void kill(String task) throws IOException {
        call("KILL", "{'task_id': {'value': '" + task + "'}}");
    }

    /** Makes a call, which has to be accepted. */
    void call(String type, String body) throws IOException {
        String call = "{'framework_id': {'value': '" + frameworkId + "'}, 'type': '" + type + "', '"
                + type.toLowerCase(Locale.ROOT) + "': " + body + "}";
        try (RawConnection connection = new RawConnection(port, post(call, "Mesos-Stream-Id: " + streamId))) {
            Message answer = connection.response();
            if (!answer.start().contains("202")) {
                throw new AssertionError(answer.start() + ": " + answer.body());
            }
        }
    }

    /** Two REVIVE calls in one write, the second with a chunked body; both answers. */
    List<Message> callsInOneWrite() throws IOException {
        String body = "{\"framework_id\": {\"value\": \"" + frameworkId + "\"}, \"type\": \"REVIVE\"}";
        String plain = post(body, "Mesos-Stream-Id: " + streamId);
        String chunked = plain.substring(0, plain.indexOf("Content-Length")) + "Transfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
        try (RawConnection connection = new RawConnection(port, plain + chunked)) {
            return List.of(connection.response(), connection.response());
        }
    }

    private static String post(String call, String... headers) {
        String body = call.replace('\'', '"');
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return "POST /api/v1/scheduler HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n" + more
                + "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    private static String type(JsonNode event) {
        return event.path("type").asString("");
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
