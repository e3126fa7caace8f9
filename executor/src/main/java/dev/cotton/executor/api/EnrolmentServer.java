package dev.cotton.executor.api;

import com.sun.net.httpserver.HttpServer;
import dev.cotton.core.wire.Enrolment;
import dev.cotton.core.wire.ExecutorApi;
import dev.cotton.core.wire.ExecutorConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;

/** Waits, in plain HTTP, for a scheduler that knows the one-time token to grant this instance its certificate. */
public final class EnrolmentServer {
    private final Identity identity;
    private final ExecutorConfig config;
    private final CountDownLatch granted = new CountDownLatch(1);

    public EnrolmentServer(Identity identity, ExecutorConfig config) {
        this.identity = identity;
        this.config = config;
    }

    /**
     * Returns when the instance is enrolled; the port is free then.
     *
     * @param listening run once the port answers
     * @throws IOException when the port cannot be had
     */
    public void await(Runnable listening) throws IOException, InterruptedException {
        Proof token = new Proof(config.token());
        HttpServer server = HttpServer.create(
                new InetSocketAddress(config.ports().address(), config.ports().executor()), 0);
        try (Web web = new Web("enrolment", server, exchange -> handle(exchange, token))) {
            web.start();
            listening.run();
            granted.await();
        }
    }

    private void handle(Exchange exchange, Proof token) throws IOException {
        if (!exchange.path().equals(ExecutorApi.ENROLMENT)) {
            exchange.sentence(404, "This executor is not enrolled yet; it answers at " + ExecutorApi.ENROLMENT + ".");
            return;
        }
        switch (exchange.method()) {
            case "GET" -> exchange.json(200, identity.request(token));
            case "PUT" -> {
                identity.enrol(token, exchange.body(Enrolment.Grant.class));
                exchange.nothing();
                granted.countDown();
            }
            default -> exchange.sentence(405, "GET or PUT.");
        }
    }
}
