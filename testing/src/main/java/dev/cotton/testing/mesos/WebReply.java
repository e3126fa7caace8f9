package dev.cotton.testing.mesos;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One HTTP response: either a whole body, or a stream of records that stays open. */
record WebReply(int status, Map<String, String> headers, String body, Optional<RecordStream> stream) {
    private static final Map<Integer, String> REASONS = Map.of(
            200, "OK",
            202, "Accepted",
            307, "Temporary Redirect",
            400, "Bad Request",
            401, "Unauthorized",
            403, "Forbidden",
            404, "Not Found",
            405, "Method Not Allowed",
            406, "Not Acceptable",
            409, "Conflict");

    static WebReply empty(int status) {
        return new WebReply(status, Map.of(), "", Optional.empty());
    }

    static WebReply text(int status, String body) {
        return new WebReply(status, Map.of("Content-Type", "text/plain; charset=utf-8"), body, Optional.empty());
    }

    static WebReply json(String body) {
        return new WebReply(200, Map.of("Content-Type", "application/json"), body, Optional.empty());
    }

    static WebReply streaming(RecordStream stream) {
        return new WebReply(200, Map.of("Content-Type", "application/json"), "", Optional.of(stream));
    }

    static WebReply onlyPost(String method) {
        return text(405, "405 Method Not Allowed. Expecting one of { 'POST' }, but received '" + method + "'.")
                .with("Allow", "POST");
    }

    WebReply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new WebReply(status, more, body, stream);
    }

    private String reason() {
        return switch (status) {
            case 415 -> "Unsupported Media Type";
            case 501 -> "Not Implemented";
            case 503 -> "Service Unavailable";
            default -> REASONS.getOrDefault(status, "Unknown");
        };
    }

    /** The status line, the headers and, of a whole body, the body. */
    byte[] bytes() {
        StringBuilder head = new StringBuilder("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(reason())
                .append("\r\nDate: ")
                .append(DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)))
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        head.append(stream.isPresent() ? "Transfer-Encoding: chunked" : "Content-Length: " + content.length)
                .append("\r\n\r\n");
        byte[] start = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[start.length + content.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(content, 0, all, start.length, content.length);
        return all;
    }
}
