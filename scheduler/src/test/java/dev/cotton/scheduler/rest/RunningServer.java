package dev.cotton.scheduler.rest;

import dev.cotton.core.port.FrameworkFigures;
import dev.cotton.scheduler.rest.RestSettings.TlsFiles;
import dev.cotton.scheduler.rest.edge.ServerTls;
import dev.cotton.scheduler.rest.resource.ApiJson;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;

/** A server on loopback in front of a fake fleet, and a client to call it with. */
final class RunningServer implements AutoCloseable {
    static final String AUTHORITY = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

    final FakeFleet fleet = new FakeFleet();
    final FakeBackups backups = new FakeBackups();
    final AtomicReference<Optional<String>> leader = new AtomicReference<>(Optional.empty());
    final AtomicReference<Boolean> leads = new AtomicReference<>(true);
    final AtomicReference<Optional<FrameworkFigures>> framework = new AtomicReference<>(Optional.empty());
    final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final RestServer server;
    private final HttpClient client;

    RunningServer() {
        this(RestSettings.local(0));
    }

    RunningServer(RestSettings settings) {
        client = settings.access()
                .tls()
                .flatMap(TlsFiles::authority)
                .map(authority -> HttpClient.newBuilder()
                        .sslContext(ServerTls.client(authority))
                        .build())
                .orElseGet(HttpClient::newHttpClient);
        server = new RestServer(
                settings,
                fleet,
                new Surroundings(
                        leads::get,
                        leader::get,
                        name -> "zk://127.0.0.1:2181/cotton/discover/" + name,
                        () -> Optional.of(AUTHORITY),
                        backups,
                        new FakeOrigins(),
                        framework::get,
                        "0.1.0-test"),
                registry);
        server.start();
    }

    String url() {
        return server.url();
    }

    Set<String> routes() {
        return server.routes();
    }

    /** A request to be completed and sent. */
    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path)).timeout(Duration.ofSeconds(20));
    }

    HttpResponse<String> get(String path) {
        return send(to(path).GET());
    }

    HttpResponse<String> delete(String path) {
        return send(to(path).DELETE());
    }

    HttpResponse<String> post(String path) {
        return send(to(path).POST(BodyPublishers.noBody()));
    }

    HttpResponse<String> postJson(String path, String body) {
        return send(to(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> patchJson(String path, String body) {
        return send(to(path).header("Content-Type", "application/json").method("PATCH", BodyPublishers.ofString(body)));
    }

    HttpResponse<String> putJson(String path, String body) {
        return send(to(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> form(String method, String path, String body) {
        return send(to(path).header("Content-Type", "application/x-www-form-urlencoded")
                .method(method, BodyPublishers.ofString(body)));
    }

    HttpResponse<byte[]> bytes(String path) {
        return send(to(path).GET(), BodyHandlers.ofByteArray());
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request, BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> body) {
        try {
            return client.send(request.build(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends {@code head} as it is, with {@code \r\n} at the end of each line, and returns all that comes back. */
    String raw(String... head) {
        URI uri = URI.create(url());
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(20_000);
            String request = String.join("\r\n", head) + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(HttpResponse<String> answer) {
        return ApiJson.mapper().readTree(answer.body());
    }

    @Override
    public void close() {
        client.shutdownNow();
        server.close();
        client.close();
    }
}
