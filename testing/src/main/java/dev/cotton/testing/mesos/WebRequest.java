package dev.cotton.testing.mesos;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One HTTP request: {@code path} without its query, header names in lower case, the whole body. */
record WebRequest(String method, String path, Map<String, String> headers, String body) {

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    boolean wantsClose() {
        return header("connection").filter("close"::equalsIgnoreCase).isPresent();
    }

    /** The next request of a connection; null at its end. */
    static @Nullable WebRequest read(InputStream in) throws IOException {
        String start = line(in);
        if (start == null) {
            return null;
        }
        String[] parts = start.split(" ", 3);
        if (parts.length < 3) {
            throw new IOException("not an HTTP request: " + start);
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = needed(in); !line.isEmpty(); line = needed(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        String path = parts[1].split("\\?", 2)[0];
        return new WebRequest(parts[0], path, headers, body(in, headers));
    }

    private static String body(InputStream in, Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            return chunks(in);
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static String chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = size(in); size > 0; size = size(in)) {
            body.writeBytes(in.readNBytes(size));
            needed(in);
        }
        needed(in);
        return body.toString(StandardCharsets.UTF_8);
    }

    private static int size(InputStream in) throws IOException {
        return Integer.parseInt(needed(in).split(";", 2)[0].strip(), 16);
    }

    private static String needed(InputStream in) throws IOException {
        String line = line(in);
        if (line == null) {
            throw new EOFException("the request ends early");
        }
        return line;
    }

    private static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int each = in.read(); each >= 0; each = in.read()) {
            if (each == '\n') {
                return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
            }
            line.write(each);
        }
        return line.size() == 0 ? null : line.toString(StandardCharsets.ISO_8859_1);
    }
}
