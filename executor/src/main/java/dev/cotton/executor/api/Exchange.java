package dev.cotton.executor.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** One request and its answer. For the one thread that handles it. */
final class Exchange {
    private static final int LONGEST_BODY = 256 * 1024;

    /** Ignores fields that it does not know, because the wire is additive, and refuses when one that it knows is missing. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private final HttpExchange http;

    Exchange(HttpExchange http) {
        this.http = http;
    }

    String method() {
        return http.getRequestMethod();
    }

    String path() {
        return http.getRequestURI().getPath();
    }

    /** Who has proven to be at the other end of a mutual TLS connection. */
    Principal peer() throws SSLPeerUnverifiedException {
        if (http instanceof HttpsExchange https) {
            return https.getSSLSession().getPeerPrincipal();
        }
        throw new SSLPeerUnverifiedException("This connection is not protected.");
    }

    /** @throws IllegalArgumentException when the body is too long or no such value */
    <T> T body(Class<T> type) throws IOException {
        byte[] body = http.getRequestBody().readNBytes(LONGEST_BODY + 1);
        if (body.length > LONGEST_BODY) {
            throw new IllegalArgumentException("The body is longer than " + LONGEST_BODY + " bytes.");
        }
        try {
            T value = JSON.readValue(body, type);
            if (value == null) {
                throw new IllegalArgumentException("The body is empty.");
            }
            return value;
        } catch (JacksonException malformed) {
            // The original message would quote the body, which may hold secrets.
            throw new IllegalArgumentException("The body is no " + type.getSimpleName() + ": "
                    + malformed.getClass().getSimpleName() + " at "
                    + malformed.getLocation().getLineNr()
                    + ".");
        }
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters().get(name));
    }

    /** @throws IllegalArgumentException naming the parameter when it is no whole number */
    long number(String name, long absent) {
        return parameter(name)
                .map(text -> {
                    if (!text.matches("-?[0-9]{1,18}")) {
                        throw new IllegalArgumentException(name + ": a whole number.");
                    }
                    return Long.parseLong(text);
                })
                .orElse(absent);
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        String query = http.getRequestURI().getRawQuery();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    parameters.put(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
                }
            }
        }
        return parameters;
    }

    private static String decoded(String value) {
        return URLDecoder.decode(value, StandardCharsets.UTF_8);
    }

    void json(int status, Object value) throws IOException {
        send(status, "application/json", JSON.writeValueAsBytes(value));
    }

    void sentence(int status, String sentence) throws IOException {
        send(status, "text/plain; charset=utf-8", (sentence + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void bytes(int status, byte[] bytes) throws IOException {
        send(status, "application/octet-stream", bytes);
    }

    void nothing() throws IOException {
        http.sendResponseHeaders(204, -1);
    }

    private void send(int status, String type, byte[] body) throws IOException {
        http.getResponseHeaders().set("Content-Type", type);
        if (method().equals("HEAD") || body.length == 0) {
            http.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
            http.sendResponseHeaders(status, -1);
            return;
        }
        http.sendResponseHeaders(status, body.length);
        http.getResponseBody().write(body);
    }
}
