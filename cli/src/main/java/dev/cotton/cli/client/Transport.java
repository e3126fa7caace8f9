package dev.cotton.cli.client;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** HTTP requests to one scheduler, and to its leader when it passes them on. Thread-safe. */
final class Transport {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int HOPS = 3;
    private static final int TEMPORARY_REDIRECT = 307;

    private final SchedulerAddress address;
    private final HttpClient http;
    private final Optional<String> token;
    private final JsonMapper json = JsonMapper.shared();

    Transport(SchedulerAddress address) {
        this.address = address;
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
        address.authority().map(Trust::in).ifPresent(builder::sslContext);
        http = builder.build();
        token = address.tokenFile().map(Transport::readToken);
    }

    private static String readToken(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .findFirst()
                    .orElseThrow(() -> new Failure(ExitCode.USAGE, "The token file " + file + " is empty."));
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.USAGE, "The token file " + file + " cannot be read (" + e.getMessage() + ").", e);
        }
    }

    SchedulerAddress address() {
        return address;
    }

    <T> Document<T> get(String path, Class<T> type) {
        return document(send(path, HttpRequest.newBuilder().GET(), BodyHandlers.ofString()), type);
    }

    <T> Document<T> delete(String path, Class<T> type) {
        return document(send(path, HttpRequest.newBuilder().DELETE(), BodyHandlers.ofString()), type);
    }

    <T> Document<T> patch(String path, JsonNode body, Class<T> type) {
        return sent("PATCH", path, body, type);
    }

    <T> Document<T> put(String path, JsonNode body, Class<T> type) {
        return sent("PUT", path, body, type);
    }

    private <T> Document<T> sent(String method, String path, JsonNode body, Class<T> type) {
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
        return document(send(path, request, BodyHandlers.ofString()), type);
    }

    <T> Document<T> post(String path, Optional<JsonNode> body, Optional<String> idempotencyKey, Class<T> type) {
        HttpRequest.Builder request = HttpRequest.newBuilder();
        body.ifPresentOrElse(
                given -> request.header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(given))),
                () -> request.POST(BodyPublishers.noBody()));
        idempotencyKey.ifPresent(key -> request.header("Idempotency-Key", key));
        return document(send(path, request, BodyHandlers.ofString()), type);
    }

    String text(String path) {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    byte[] bytes(String path) {
        HttpResponse<byte[]> response = send(path, HttpRequest.newBuilder().GET(), BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            String said = new String(response.body(), StandardCharsets.UTF_8);
            throw Problems.of(response.uri(), response.statusCode(), said, json);
        }
        return response.body();
    }

    /** An answer that goes on for as long as it is read. */
    InputStream lines(String path, Optional<String> lastSeen) {
        HttpRequest.Builder request = HttpRequest.newBuilder().GET().header("Accept", "text/event-stream");
        lastSeen.ifPresent(id -> request.header("Last-Event-ID", id));
        HttpResponse<InputStream> response = send(path, request, BodyHandlers.ofInputStream());
        if (response.statusCode() == 200) {
            return response.body();
        }
        try (InputStream body = response.body()) {
            String said = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            throw Problems.of(response.uri(), response.statusCode(), said, json);
        } catch (IOException e) {
            throw unreachable(response.uri(), e);
        }
    }

    <T> Document<T> parse(URI from, String text, Class<T> type) {
        try {
            JsonNode tree = json.readTree(text);
            return new Document<>(tree, json.treeToValue(tree, type));
        } catch (JacksonException e) {
            throw new Failure(
                    ExitCode.FAILED, "The answer of " + from + " is not one of a Cotton scheduler of this version.", e);
        }
    }

    private <T> Document<T> document(HttpResponse<String> response, Class<T> type) {
        if (response.statusCode() / 100 != 2) {
            throw Problems.of(response.uri(), response.statusCode(), response.body(), json);
        }
        return parse(response.uri(), response.body(), type);
    }

    private <T> HttpResponse<T> send(String path, HttpRequest.Builder request, BodyHandler<T> body) {
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        request.timeout(ANSWER);
        URI target = address.resolve(path);
        for (int hop = 0; ; hop++) {
            HttpResponse<T> response = send(request.uri(target).build(), body);
            Optional<String> leader = response.headers().firstValue("Location");
            if (response.statusCode() != TEMPORARY_REDIRECT || leader.isEmpty() || hop == HOPS) {
                return response;
            }
            target = target.resolve(leader.get());
        }
    }

    private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body) {
        try {
            return http.send(request, body);
        } catch (HttpTimeoutException e) {
            throw new Failure(
                    ExitCode.UNREACHABLE,
                    "The scheduler at " + request.uri()
                            + " did not answer in time; what was asked for may still happen.",
                    e);
        } catch (IOException e) {
            throw unreachable(request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.INTERRUPTED, "Interrupted while waiting for " + request.uri() + ".", e);
        }
    }

    private static Failure unreachable(URI url, IOException e) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new Failure(
                ExitCode.UNREACHABLE,
                "No scheduler answers at " + url + " (" + why
                        + "). Databases go on without it; start it with: cotton up",
                e);
    }
}
