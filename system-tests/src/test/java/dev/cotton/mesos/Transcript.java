package dev.cotton.mesos;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A recorded conversation with real Mesos, in the order in which it was recorded. */
record Transcript(String name, List<Entry> entries) {
    private static final Pattern MARK = Pattern.compile("(?:#####|-----) \\[\\+([\\d.]+)s] (.*)");
    private static final Pattern CONNECTION = Pattern.compile(".*(conn#\\d+).*");

    /** What an entry is. */
    enum Kind {
        HEADING,
        REQUEST,
        RESPONSE,
        CHUNK,
        CLIENT_CLOSES,
        SERVER_CLOSES,
        OTHER
    }

    /** {@code seconds} since the start; {@code text} follows the mark, which has {@code title}. */
    record Entry(double seconds, Kind kind, String connection, String title, String text) {}

    static Transcript read(String name) throws IOException {
        String all;
        try (InputStream in = Transcript.class.getResourceAsStream("/mesos/" + name + ".txt")) {
            all = new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8).replace("\r", "");
        }
        List<Entry> entries = new ArrayList<>();
        Matcher mark = null;
        StringBuilder text = new StringBuilder();
        for (String line : all.split("\n", -1)) {
            Matcher next = MARK.matcher(line);
            if (!next.matches()) {
                text.append(line).append('\n');
                continue;
            }
            if (mark != null) {
                entries.add(entry(mark, text.toString()));
            }
            mark = next;
            text.setLength(0);
        }
        entries.add(entry(Objects.requireNonNull(mark, "no entries in " + name), text.toString()));
        return new Transcript(name, List.copyOf(entries));
    }

    private static Entry entry(Matcher mark, String text) {
        String title = mark.group(2);
        Matcher connection = CONNECTION.matcher(title);
        return new Entry(
                Double.parseDouble(mark.group(1)),
                kind(mark.group(), title),
                connection.matches() ? connection.group(1) : "",
                title,
                text);
    }

    private static Kind kind(String mark, String title) {
        if (mark.startsWith("#####")) {
            return Kind.HEADING;
        }
        if (title.startsWith(">>> REQUEST")) {
            return Kind.REQUEST;
        }
        if (title.startsWith("<<< RESPONSE")) {
            return Kind.RESPONSE;
        }
        if (title.startsWith("<<< CHUNK")) {
            return Kind.CHUNK;
        }
        if (title.startsWith("<<< CONNECTION")) {
            return Kind.SERVER_CLOSES;
        }
        return title.startsWith(">>> CLIENT CLOSES") ? Kind.CLIENT_CLOSES : Kind.OTHER;
    }
}
