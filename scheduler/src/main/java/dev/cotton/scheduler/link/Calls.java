package dev.cotton.scheduler.link;

import dev.cotton.core.model.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** HTTP calls with JSON, each with a time limit. Thread-safe. */
final class Calls implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("link-", 0).factory());
    private final HttpClient client;

    Calls(SSLContext tls) {
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_LIMIT)
                .executor(threads)
                .sslContext(tls)
                .build();
    }

    /** @param peer the certificate of who answered; absent when the connection was not protected */
    record Reply<T>(T body, Optional<X509Certificate> peer) {}

    <T> Reply<T> get(Endpoint at, String path, Class<T> type, Duration limit) throws IOException, InterruptedException {
        return read(request("https", at, path, limit).GET().build(), type);
    }

    <T> T put(Endpoint at, String path, Object body, Class<T> type, Duration limit)
            throws IOException, InterruptedException {
        return read(request("https", at, path, limit).PUT(json(body)).build(), type)
                .body();
    }

    /** PUT whose answer has no body. */
    void put(Endpoint at, String path, Object body, Duration limit) throws IOException, InterruptedException {
        send(request("https", at, path, limit).PUT(json(body)).build());
    }

    /** Without protection: only for what may be read by anybody. */
    <T> T getOpenly(Endpoint at, String path, Class<T> type, Duration limit) throws IOException, InterruptedException {
        return read(request("http", at, path, limit).GET().build(), type).body();
    }

    /** Without protection: only for what may be read by anybody. */
    void putOpenly(Endpoint at, String path, Object body, Duration limit) throws IOException, InterruptedException {
        send(request("http", at, path, limit).PUT(json(body)).build());
    }

    private static HttpRequest.Builder request(String scheme, Endpoint at, String path, Duration limit) {
        return HttpRequest.newBuilder(URI.create(scheme + "://" + at + path)).timeout(limit);
    }

    private static HttpRequest.BodyPublisher json(Object body) {
        return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() / 100 != 2) {
            throw new IOException("it answered " + response.statusCode() + " at "
                    + request.uri().getPath() + ".");
        }
        return response;
    }

    private <T> Reply<T> read(HttpRequest request, Class<T> type) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = send(request);
        try {
            T body = JSON.readValue(response.body(), type);
            return new Reply<>(body, response.sslSession().flatMap(Calls::peer));
        } catch (JacksonException malformed) {
            // The original message would quote the body.
            throw new IOException(
                    "its answer at " + request.uri().getPath() + " cannot be read ("
                            + malformed.getClass().getSimpleName() + ").",
                    malformed);
        }
    }

    private static Optional<X509Certificate> peer(SSLSession session) {
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? Optional.of(certificate)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException unverified) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        threads.shutdownNow();
    }
}
