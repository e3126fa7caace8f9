package dev.cotton.testing.executor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays a Mesos agent for one executor over HTTP, word for word as a real one was seen to answer. The test says what
 * happens; updates are acknowledged by themselves until it says otherwise. It can be stopped, which is a crash, and
 * started again on its port. Thread-safe.
 */
public final class PlayedAgent implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int UUID_BYTES = 16;
    private static final byte[] END = new byte[0];

    private final int port = FreePorts.one();
    private final BlockingQueue<JsonNode> calls = new LinkedBlockingQueue<>();
    private volatile BlockingQueue<byte[]> stream = new LinkedBlockingQueue<>();
    private volatile boolean subscribed;
    private volatile boolean acknowledges = true;
    private volatile @Nullable Answer instead;
    private @Nullable HttpServer server;

    private record Answer(int status, String sentence) {}

    /** Starts it. */
    public PlayedAgent() {
        start();
    }

    /** As in the environment of an executor. */
    public String endpoint() {
        return "127.0.0.1:" + port;
    }

    /** From now on it listens. */
    public synchronized void start() {
        try {
            HttpServer fresh = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
            fresh.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            fresh.createContext("/", this::answer);
            fresh.start();
            server = fresh;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on connections are refused; those that were open are cut. */
    public synchronized void stop() {
        subscribed = false;
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    /** Every call is answered like this, until {@link #answerAsUsual}. */
    public void answerAlways(int status, String sentence) {
        instead = new Answer(status, sentence);
    }

    public void answerAsUsual() {
        instead = null;
    }

    /** Whether updates are acknowledged. */
    public void acknowledge(boolean wanted) {
        acknowledges = wanted;
    }

    /** The next call of that type; calls of other types before it are passed over. */
    public JsonNode await(String type) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        try {
            while (true) {
                JsonNode call = calls.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (call == null) {
                    throw new AssertionError("The executor did not send " + type + ".");
                }
                if (call.path("type").asString().equals(type)) {
                    return call;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The status of the next update of that state; others before it are passed over. */
    public JsonNode awaitUpdate(String state) {
        while (true) {
            JsonNode status = await("UPDATE").path("update").path("status");
            if (status.path("state").asString().equals(state)) {
                return status;
            }
        }
    }

    /** Calls that came and were not asked for yet. */
    public int waitingCalls() {
        return calls.size();
    }

    /** An event, as one record in one chunk. */
    public void send(String event) {
        stream.add(framed(event));
    }

    /** Bytes of the stream, as one chunk. */
    public void sendChunk(byte[] bytes) {
        stream.add(bytes);
    }

    /** How an event is framed. */
    public static byte[] framed(String event) {
        byte[] body = event.getBytes(UTF_8);
        byte[] length = (body.length + "\n").getBytes(UTF_8);
        byte[] whole = new byte[length.length + body.length];
        System.arraycopy(length, 0, whole, 0, length.length);
        System.arraycopy(body, 0, whole, length.length, body.length);
        return whole;
    }

    /** The recorded launch of a task, with another name and other data, and what {@code change} does to it. */
    public static String launch(String task, byte[] data, Consumer<ObjectNode> change) {
        ObjectNode launch = recorded("launch.json");
        ObjectNode info = (ObjectNode) launch.path("launch").path("task");
        info.put("name", task);
        ((ObjectNode) info.path("task_id")).put("value", task);
        info.put("data", Base64.getEncoder().encodeToString(data));
        change.accept(info);
        return launch.toString();
    }

    /** Asks for the end of a task. */
    public static String kill(String task) {
        return "{\"type\":\"KILL\",\"kill\":{\"task_id\":{\"value\":\"" + task + "\"}}}";
    }

    private static ObjectNode recorded(String name) {
        try (InputStream resource = Objects.requireNonNull(PlayedAgent.class.getResourceAsStream(name))) {
            return (ObjectNode) JSON.readTree(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the stream in order. */
    public void endStream() {
        stream.add(END);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode call = JSON.readTree(exchange.getRequestBody().readAllBytes());
            Answer refusal = instead == null ? refusal(exchange, call) : instead;
            if (refusal != null) {
                calls.add(call);
                byte[] sentence = refusal.sentence().getBytes(UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "text/plain; charset=utf-8");
                exchange.sendResponseHeaders(refusal.status(), sentence.length);
                exchange.getResponseBody().write(sentence);
            } else if (call.path("type").asString().equals("SUBSCRIBE")) {
                subscribe(exchange, call);
            } else {
                exchange.sendResponseHeaders(202, -1);
                acknowledge(call.path("update").path("status"), stream);
                calls.add(call);
            }
        }
    }

    private @Nullable Answer refusal(HttpExchange exchange, JsonNode call) {
        String failed = "Failed to validate Executor::Call: ";
        JsonNode status = call.path("update").path("status");
        if (!exchange.getRequestMethod().equals("POST")) {
            return new Answer(405, "405 Method Not Allowed. Expecting one of { 'POST' }, but received 'GET'.");
        }
        if (!"application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
            return new Answer(415, "Expecting 'Content-Type' of application/json or application/x-protobuf");
        }
        return switch (call.path("type").asString()) {
            case "SUBSCRIBE" -> null;
            case "UPDATE" -> {
                if (!subscribed) {
                    yield new Answer(403, "Executor is not subscribed");
                }
                if (!status.has("uuid")) {
                    yield new Answer(400, failed + "Expecting 'uuid' to be present");
                }
                if (Base64.getDecoder().decode(status.path("uuid").asString()).length != UUID_BYTES) {
                    yield new Answer(400, failed + "Not a valid UUID");
                }
                yield status.path("source").asString().equals("SOURCE_EXECUTOR")
                        ? null
                        : new Answer(400, failed + "invalid source, expecting 'SOURCE_EXECUTOR'");
            }
            case "MESSAGE" -> subscribed ? null : new Answer(403, "Executor is not subscribed");
            default -> new Answer(400, failed + "Expecting 'type' to be present");
        };
    }

    private void subscribe(HttpExchange exchange, JsonNode call) throws IOException {
        stream.add(END);
        BlockingQueue<byte[]> own = new LinkedBlockingQueue<>();
        own.add(framed(recorded("subscribed.json").toString()));
        for (JsonNode update : call.path("subscribe").path("unacknowledged_updates")) {
            acknowledge(update.path("status"), own);
        }
        stream = own;
        subscribed = true;
        calls.add(call);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        try {
            for (byte[] chunk = own.take(); chunk.length > 0; chunk = own.take()) {
                body.write(chunk);
                body.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void acknowledge(JsonNode status, BlockingQueue<byte[]> to) {
        if (acknowledges && status.has("uuid")) {
            to.add(framed(acknowledgement(status)));
        }
    }

    /** What an agent says once it has kept that update. */
    public static String acknowledgement(JsonNode status) {
        return "{\"type\":\"ACKNOWLEDGED\",\"acknowledged\":{\"task_id\":" + status.path("task_id") + ",\"uuid\":"
                + status.path("uuid") + "}}";
    }

    @Override
    public void close() {
        stop();
    }
}
