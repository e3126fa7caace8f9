package dev.cotton.scheduler.engine.mesos.master;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cotton.core.mesos.Call;
import dev.cotton.core.model.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.json.JsonMapper;

/** The scheduler API of masters by HTTP/1.1, with the framework's credentials on every call. Thread-safe. */
final class MasterHttp implements AutoCloseable {
    private static final String PATH = "/api/v1/scheduler";
    private static final String STREAM_ID = "Mesos-Stream-Id";
    private static final int LONGEST_REFUSAL = 16 << 10;
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String scheme;
    private final Optional<String> authorization;
    private final Duration limit;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("mesos-http-", 0).factory());
    private final HttpClient client;

    /**
     * How a subscription was answered.
     *
     * @param streamId empty unless there is a stream
     */
    record Opening(Answer answer, String streamId, EventStream events) {}

    MasterHttp(MasterSettings settings) {
        scheme = settings.tls().isPresent() ? "https" : "http";
        authorization = settings.credentials().map(Credentials::basic);
        limit = settings.timing().answer();
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_LIMIT.compareTo(limit) < 0 ? CONNECT_LIMIT : limit)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .executor(threads);
        settings.tls().ifPresent(builder::sslContext);
        client = builder.build();
    }

    /** Returns with the head of the answer; the events come after it. */
    Opening subscribe(Endpoint master, Call.Envelope call) throws IOException, InterruptedException {
        EventStream events = new EventStream(limit);
        HttpResponse<Optional<byte[]>> response = within(
                client.sendAsync(request(master, call, Optional.empty()), head -> streamed(head.statusCode(), events)));
        Optional<String> streamId = response.headers().firstValue(STREAM_ID);
        if (response.statusCode() == 200 && streamId.isEmpty()) {
            events.close();
            return new Opening(
                    new Answer.Again("it is not a Mesos master: its answer has no " + STREAM_ID), "", events);
        }
        return new Opening(answer(response, response.body().orElse(new byte[0])), streamId.orElse(""), events);
    }

    /**
     * What an operator's address shows.
     *
     * @param body to be closed; empty unless it was taken
     */
    record Shown(Answer answer, InputStream body) {}

    /** Returns with the head of the answer; its body is read from it with a limit for every read. */
    Shown get(Endpoint master, String path) throws IOException, InterruptedException {
        EventStream body = new EventStream(limit);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(scheme + "://" + master + path))
                .header("Accept", "application/json");
        authorization.ifPresent(value -> request.header("Authorization", value));
        HttpResponse<Optional<byte[]>> response =
                within(client.sendAsync(request.GET().build(), head -> streamed(head.statusCode(), body)));
        return response.statusCode() == 200
                ? new Shown(new Answer.Taken(), body)
                : new Shown(answer(response, response.body().orElse(new byte[0])), InputStream.nullInputStream());
    }

    private static HttpResponse.BodySubscriber<Optional<byte[]>> streamed(int status, EventStream body) {
        return status == 200 ? body : BodySubscribers.mapping(BodySubscribers.ofByteArray(), Optional::of);
    }

    /** Returns with the whole answer. */
    Answer call(Endpoint master, Call.Envelope call, String streamId) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = within(client.sendAsync(
                request(master, call, Optional.of(streamId)),
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_REFUSAL)));
        return answer(response, response.body());
    }

    private static Answer answer(HttpResponse<?> response, byte[] body) {
        return Answer.of(response.statusCode(), response.headers().firstValue("Location"), new String(body, UTF_8));
    }

    private HttpRequest request(Endpoint master, Call.Envelope call, Optional<String> streamId) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(scheme + "://" + master + PATH))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(call)));
        streamId.ifPresent(id -> request.header(STREAM_ID, id));
        authorization.ifPresent(value -> request.header("Authorization", value));
        return request.build();
    }

    /** The client's own limit would end with the answer's head; the body of a refusal may hang as well. */
    private <T> HttpResponse<T> within(CompletableFuture<HttpResponse<T>> pending)
            throws IOException, InterruptedException {
        boolean done = false;
        try {
            HttpResponse<T> response = pending.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            done = true;
            return response;
        } catch (TimeoutException late) {
            throw new HttpTimeoutException("no answer within " + limit.toMillis() + " ms");
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException io ? io : new IOException(failed.getCause());
        } finally {
            if (!done) {
                pending.cancel(true);
            }
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        threads.shutdownNow();
    }
}
