package dev.cotton.executor.mesos;

import dev.cotton.core.mesos.ExecutorCall;
import dev.cotton.core.mesos.ExecutorCall.Envelope;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/** An agent's API for executors: one POST for each call. Thread-safe. */
final class AgentApi implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int LONGEST_SENTENCE = 500;
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    private final MesosEnvironment environment;
    private final JsonMapper json;
    private final ExecutorService threads;
    private final HttpClient client;

    AgentApi(MesosEnvironment environment, JsonMapper json) {
        this.environment = environment;
        this.json = json;
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("agent-http-", 0).factory());
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(LIMIT)
                .executor(threads)
                .build();
    }

    /**
     * The stream of events, to be closed by the caller.
     *
     * @throws RefusedException when the agent will never take it
     * @throws IOException when there is no agent, or not yet
     */
    InputStream subscribe(ExecutorCall.Subscribe call) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = client.send(request(call), BodyHandlers.ofInputStream());
        if (response.statusCode() == OK) {
            return response.body();
        }
        try (InputStream body = response.body()) {
            String sentence = sentence(response.statusCode(), body);
            // An agent that has just been started knows its own addresses later than its port.
            if (response.statusCode() == UNAVAILABLE || response.statusCode() == NOT_FOUND) {
                throw new IOException(sentence);
            }
            throw new RefusedException(sentence);
        }
    }

    /** @throws IOException when the agent has not taken it */
    void send(ExecutorCall call) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = client.send(request(call), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() != ACCEPTED) {
                throw new IOException(sentence(response.statusCode(), body));
            }
        }
    }

    private HttpRequest request(ExecutorCall call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(environment.api())
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofByteArray(
                        json.writeValueAsBytes(new Envelope(environment.executor(), environment.framework(), call))));
        environment.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return request.build();
    }

    private static String sentence(int status, InputStream body) throws IOException {
        String said = new String(body.readNBytes(LONGEST_SENTENCE), StandardCharsets.UTF_8).strip();
        return "the agent answers with " + status + ": " + said;
    }

    @Override
    public void close() {
        client.shutdownNow();
        threads.shutdownNow();
    }

    /** The agent does not know this executor, or does not want it. */
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }
}
