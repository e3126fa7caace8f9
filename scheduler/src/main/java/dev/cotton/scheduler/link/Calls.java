package dev.cotton.scheduler.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cotton.core.model.Endpoint;
import dev.cotton.core.model.Shown;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * HTTP calls with JSON, each with a limit that counts from its beginning to the last byte of its answer. All share one
 * client, and so one selector thread, whatever the number of connections. Thread-safe.
 */
final class Calls implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);
    private static final long LARGEST_ANSWER = 8 << 20;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("link-", 0).factory());
    private final HttpClient client;

    Calls(SSLContext tls) {
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_LIMIT)
                .proxy(HttpClient.Builder.NO_PROXY)
                .executor(threads)
                .sslContext(tls)
                .build();
    }

    /** @param peer the certificate of who answered; absent when the connection was not protected */
    record Reply<T>(T body, Optional<X509Certificate> peer) {}

    <T> Reply<T> get(Endpoint at, String path, Class<T> type, Duration limit) throws IOException, InterruptedException {
        return read(request("https", at, path).GET().build(), type, limit);
    }

    <T> T put(Endpoint at, String path, Object body, Class<T> type, Duration limit)
            throws IOException, InterruptedException {
        return read(request("https", at, path).PUT(json(body)).build(), type, limit)
                .body();
    }

    /** What there is, as it is. */
    byte[] bytes(Endpoint at, String path, Duration limit) throws IOException, InterruptedException {
        return send(request("https", at, path).GET().build(), limit).body();
    }

    /** DELETE whose answer has no body. */
    void delete(Endpoint at, String path, Duration limit) throws IOException, InterruptedException {
        send(request("https", at, path).DELETE().build(), limit);
    }

    /** PUT whose answer has no body. */
    void put(Endpoint at, String path, Object body, Duration limit) throws IOException, InterruptedException {
        send(request("https", at, path).PUT(json(body)).build(), limit);
    }

    /** Without protection: only for what may be read by anybody. */
    <T> T getOpenly(Endpoint at, String path, Class<T> type, Duration limit) throws IOException, InterruptedException {
        return read(request("http", at, path).GET().build(), type, limit).body();
    }

    /** Without protection: only for what may be read by anybody. */
    void putOpenly(Endpoint at, String path, Object body, Duration limit) throws IOException, InterruptedException {
        send(request("http", at, path).PUT(json(body)).build(), limit);
    }

    private static HttpRequest.Builder request(String scheme, Endpoint at, String path) {
        return HttpRequest.newBuilder(URI.create(scheme + "://" + at + path));
    }

    private static HttpRequest.BodyPublisher json(Object body) {
        return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
    }

    private HttpResponse<byte[]> send(HttpRequest request, Duration limit) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = answer(request, limit);
        if (response.statusCode() / 100 != 2) {
            String said = Shown.of(new String(response.body(), UTF_8).strip());
            throw new IOException("it answered " + response.statusCode() + " at "
                    + request.uri().getPath() + (said.isEmpty() ? "" : ": " + said));
        }
        return response;
    }

    /** The client's own limit would end with the answer's head; a body may hang as well. */
    private HttpResponse<byte[]> answer(HttpRequest request, Duration limit) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> pending =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
        try {
            return pending.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new HttpTimeoutException("no answer within " + limit.toMillis() + " ms");
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException io ? io : new IOException(failed.getCause());
        } finally {
            pending.cancel(true);
        }
    }

    private <T> Reply<T> read(HttpRequest request, Class<T> type, Duration limit)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> response = send(request, limit);
        try {
            T body = JSON.readValue(response.body(), type);
            return new Reply<>(body, response.sslSession().flatMap(Calls::peer));
        } catch (JacksonException malformed) {
            // The original message would quote the body.
            throw new IOException("its answer at " + request.uri().getPath() + " cannot be read ("
                    + malformed.getClass().getSimpleName() + ")");
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
