package dev.cotton.mesos;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The first line, the headers (names in lower case) and the body of an HTTP message. */
record Message(String start, Map<String, String> headers, String body) {

    static Message parse(String text) {
        String[] parts = text.split("\n\n", 2);
        String[] lines = parts[0].split("\n", -1);
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        return new Message(lines[0], headers, parts.length > 1 ? parts[1].strip() : "");
    }
}
