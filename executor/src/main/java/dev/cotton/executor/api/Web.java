package dev.cotton.executor.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An HTTP server whose requests each run on a virtual thread. Thread-safe. */
final class Web implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Web.class);

    private final HttpServer server;
    private final ExecutorService threads;

    /** Answers one request; what it throws becomes an answer too. */
    @FunctionalInterface
    interface Handler {
        void handle(Exchange exchange) throws IOException, InterruptedException;
    }

    /**
     * @param name of the threads
     * @param server bound, not started
     */
    Web(String name, HttpServer server, Handler handler) {
        this.server = server;
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(name + "-", 0).factory());
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, handler));
    }

    void start() {
        server.start();
    }

    private static void answer(HttpExchange http, Handler handler) throws IOException {
        try (http) {
            Exchange exchange = new Exchange(http);
            try {
                handler.handle(exchange);
            } catch (IllegalArgumentException bad) {
                exchange.sentence(400, String.valueOf(bad.getMessage()));
            } catch (InterruptedException stopping) {
                exchange.sentence(503, "This executor is stopping.");
            } catch (RuntimeException unexpected) {
                LOG.error("A request to {} failed.", exchange.path(), unexpected);
                exchange.sentence(
                        500, "An unexpected error; the executor's log has it. Nothing is known of its effect.");
            }
        }
    }

    /** Ends at once; requests that are still open are cut off. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
