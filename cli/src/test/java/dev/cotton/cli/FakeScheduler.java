package dev.cotton.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A scheduler by HTTP that says what a test has told it to say: for each route a row of answers, the last of which stays.
 * It keeps what it was asked. Thread-safe.
 */
public final class FakeScheduler implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Deque<Reply>> replies = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    /** What came in. */
    public record Request(
            String route,
            String body,
            Optional<String> authorization,
            Optional<String> idempotencyKey,
            Optional<String> lastEventId) {}

    /** @param body each character is a byte */
    private record Reply(int status, String type, String body, Optional<String> location) {
        static Reply text(int status, String type, String text) {
            return bytes(status, type, text.getBytes(StandardCharsets.UTF_8));
        }

        static Reply bytes(int status, String type, byte[] body) {
            return new Reply(status, type, new String(body, StandardCharsets.ISO_8859_1), Optional.empty());
        }
    }

    public FakeScheduler() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** @param route for instance {@code GET /api/v1/clusters}, with its query if there is one */
    public FakeScheduler on(String route, int status, String json) {
        String type = status < 300 ? "application/json" : "application/problem+json";
        return on(route, Reply.text(status, type, json));
    }

    public FakeScheduler on(String route, String json) {
        return on(route, 200, json);
    }

    public FakeScheduler onText(String route, String type, String text) {
        return on(route, Reply.text(200, type, text));
    }

    public FakeScheduler onBytes(String route, String type, byte[] body) {
        return on(route, Reply.bytes(200, type, body));
    }

    public FakeScheduler onRedirect(String route, URI target) {
        return on(route, new Reply(307, "text/plain", "", Optional.of(target.toString())));
    }

    private FakeScheduler on(String route, Reply reply) {
        replies.computeIfAbsent(route, any -> new ArrayDeque<>()).add(reply);
        return this;
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public List<String> routes() {
        return requests.stream().map(Request::route).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String route = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(new Request(
                    route,
                    body,
                    header(exchange, "Authorization"),
                    header(exchange, "Idempotency-Key"),
                    header(exchange, "Last-Event-ID")));
            Reply reply = next(route);
            exchange.getResponseHeaders().add("Content-Type", reply.type());
            reply.location().ifPresent(location -> exchange.getResponseHeaders().add("Location", location));
            byte[] bytes = reply.body().getBytes(StandardCharsets.ISO_8859_1);
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Reply next(String route) {
        Deque<Reply> row = replies.get(route);
        if (row == null) {
            return Reply.text(
                    404, "application/problem+json", Documents.problem("not-found", "There is no " + route + "."));
        }
        synchronized (row) {
            return row.size() > 1 ? row.remove() : row.element();
        }
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
