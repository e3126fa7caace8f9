package dev.cotton.executor.api;

import com.sun.net.httpserver.HttpServer;
import dev.cotton.core.model.Ports;
import dev.cotton.core.wire.Status;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers load balancers in plain HTTP, GET and HEAD: 200 or 503. Tells no secrets. */
public final class HealthServer implements AutoCloseable {
    private final Supplier<Status> status;
    private final Web web;

    /**
     * Binds the port; {@link #start} begins to answer.
     *
     * @throws IOException when the port cannot be had
     */
    public HealthServer(Supplier<Status> status, Ports ports) throws IOException {
        this.status = status;
        HttpServer server = HttpServer.create(new InetSocketAddress(ports.address(), ports.health()), 0);
        this.web = new Web("health", server, this::handle);
    }

    public void start() {
        web.start();
    }

    private void handle(Exchange exchange) throws IOException {
        if (!exchange.method().equals("GET") && !exchange.method().equals("HEAD")) {
            exchange.sentence(405, "GET or HEAD.");
            return;
        }
        Optional<Health.Answer> answer = Health.of(exchange.path(), exchange.parameter("lag"), status.get());
        if (answer.isEmpty()) {
            exchange.sentence(404, "/primary, /replica, /health and /liveness are known.");
            return;
        }
        exchange.json(answer.get().healthy() ? 200 : 503, answer.get());
    }

    @Override
    public void close() {
        web.close();
    }
}
