package dev.cotton.mesos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Plays the requests of a transcript at their times, and compares what comes with what was recorded. */
final class Replay {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Pattern LAB_EXECUTOR = Pattern.compile("\"value\": \"/opt/lab/[^\"]*pyexec\\.py[^\"]*\"");
    private final Transcript transcript;
    private final int port;
    private final Comparison comparison = new Comparison();
    private final Map<String, RawConnection> connections = new LinkedHashMap<>();
    private final Map<String, Double> opened = new HashMap<>();
    private final NavigableMap<Double, Runnable> actions = new TreeMap<>();
    private long began;

    Replay(Transcript transcript, int port) {
        this.transcript = transcript;
        this.port = port;
    }

    /** What was done in the laboratory so many seconds after the start. */
    Replay at(double seconds, Runnable action) {
        actions.put(seconds, action);
        return this;
    }

    /** What stands in the transcript for something of this run. */
    Replay with(String recorded, String actual) {
        comparison.learn(recorded, actual);
        return this;
    }

    /** Plays all of it; returns what differs. */
    List<String> run() throws IOException, InterruptedException {
        began = System.nanoTime();
        for (Transcript.Entry each : transcript.entries()) {
            while (!actions.isEmpty() && actions.firstKey() <= each.seconds()) {
                Map.Entry<Double, Runnable> action = actions.pollFirstEntry();
                pauseUntil(action.getKey());
                action.getValue().run();
            }
            if (each.kind() == Transcript.Kind.REQUEST || each.kind() == Transcript.Kind.CLIENT_CLOSES) {
                pauseUntil(each.seconds());
            }
            play(each);
        }
        for (Map.Entry<String, RawConnection> each : connections.entrySet()) {
            for (JsonNode left : each.getValue().left()) {
                if (!left.path("type").asString("").equals("HEARTBEAT")) {
                    comparison.differ(each.getKey() + " at the end", "nobody expected " + left);
                }
            }
            each.getValue().close();
        }
        return comparison.differences();
    }

    /** The recorded pauses are part of what is replayed: allocations, filters and timeouts happen in them. */
    private void pauseUntil(double seconds) throws InterruptedException {
        long left = began + (long) (seconds * 1e9) - System.nanoTime();
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }

    private Duration patience(Transcript.Entry entry) {
        long left = began + (long) (entry.seconds() * 1e9) - System.nanoTime();
        return PATIENCE.plusNanos(Math.max(0, left));
    }

    private void play(Transcript.Entry entry) throws IOException, InterruptedException {
        switch (entry.kind()) {
            case REQUEST -> {
                connections.put(entry.connection(), new RawConnection(port, request(entry)));
                opened.put(entry.connection(), entry.seconds());
            }
            case RESPONSE -> response(entry);
            case CHUNK -> chunk(entry);
            case CLIENT_CLOSES -> connection(entry).close();
            case HEADING, OTHER -> {}
        }
    }

    private RawConnection connection(Transcript.Entry entry) {
        return Objects.requireNonNull(connections.get(entry.connection()), entry.title());
    }

    private String request(Transcript.Entry entry) {
        Message recorded = Message.parse(entry.text());
        String body = LAB_EXECUTOR
                .matcher(comparison.translate(recorded.body()))
                .replaceAll(Matcher.quoteReplacement("\"value\": " + JsonMapper.shared().writeValueAsString(LabExecutor.command())));
        List<String> lines = new ArrayList<>(List.of(recorded.start()));
        recorded.headers().forEach((name, value) -> lines.add(name + ": " + comparison.translate(value)));
        lines.removeIf(each -> each.startsWith("content-length"));
        lines.add("content-length: " + body.getBytes(StandardCharsets.UTF_8).length);
        return String.join("\r\n", lines) + "\r\n\r\n" + body;
    }

    private void response(Transcript.Entry entry) throws IOException, InterruptedException {
        Message recorded = Message.parse(entry.text());
        Message came = connection(entry).response();
        String where = where(entry);
        comparison.texts(where + " status", recorded.start(), came.start());
        for (String each : List.of("content-type", "allow", "www-authenticate", "location", "transfer-encoding")) {
            comparison.texts(
                    where + " " + each,
                    recorded.headers().getOrDefault(each, "none"),
                    came.headers().getOrDefault(each, "none"));
        }
        comparison.texts(
                where + " mesos-stream-id",
                recorded.headers().getOrDefault("mesos-stream-id", "none"),
                came.headers().getOrDefault("mesos-stream-id", "none"));
        if (!recorded.headers().containsKey("transfer-encoding")) {
            boolean empty = "0".equals(recorded.headers().get("content-length"));
            comparison.texts(where + " body", empty ? "" : recorded.body(), came.body().strip());
            return;
        }
        for (String each : recorded.body().split("(?<=})(?=\\d+\n\\{\"type\")|(?<=^)(?=\\d+\n)")) {
            if (!each.isBlank()) {
                event(entry, each.strip());
            }
        }
        if (!entry.title().contains("HEADERS")) {
            connection(entry).close();
        }
    }

    private void chunk(Transcript.Entry entry) throws InterruptedException {
        if (!entry.text().contains("(terminating zero chunk)") && !entry.title().contains("terminating")) {
            event(entry, entry.text().strip());
        } else if (!connection(entry).endsProperly(patience(entry))) {
            comparison.differ(where(entry), "the stream does not end with the terminating chunk");
        }
    }

    private void event(Transcript.Entry entry, String record) throws InterruptedException {
        JsonNode recorded =
                JsonMapper.shared().readTree(record.substring(record.indexOf('\n') + 1));
        String kind = kind(recorded);
        boolean late = entry.seconds() - opened.getOrDefault(entry.connection(), 0.0) > 2;
        if (kind.equals("HEARTBEAT") && late) {
            return;
        }
        connection(entry)
                .take(each -> kind(each).equals(comparison.translate(kind)), patience(entry))
                .ifPresentOrElse(
                        came -> comparison.trees(where(entry), recorded, came),
                        () -> comparison.differ(
                                where(entry), "missing " + recorded + ", there is " + connection(entry).left()));
    }

    private static String kind(JsonNode event) {
        JsonNode status = event.path("update").path("status");
        return event.path("type").asString("") + status.path("task_id").path("value").asString("")
                + status.path("state").asString("")
                + event.path("rescind").path("offer_id").path("value").asString("")
                + event.path("failure").path("executor_id").path("value").asString("");
    }

    private String where(Transcript.Entry entry) {
        return transcript.name() + " +" + entry.seconds() + " " + entry.connection();
    }
}
