package dev.cotton.mesos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plays the requests of a transcript and compares what comes with what was recorded. Pauses of a second and more are
 * kept, since filters and timeouts end in them; in them, and where offers were recorded, free resources are allocated.
 */
final class Replay {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Pattern LAB_EXECUTOR = Pattern.compile("\"value\": \"/opt/lab/[^\"]*pyexec\\.py[^\"]*\"");
    private final Transcript transcript;
    private final int port;
    private final Runnable allocation;
    private final Comparison comparison;
    private final Map<String, RawConnection> connections = new LinkedHashMap<>();
    private final Set<String> foreign = new HashSet<>();
    private final Map<String, Double> opened = new HashMap<>();
    private final NavigableMap<Double, Runnable> actions = new TreeMap<>();
    private double previous;
    private double stepped;
    private long steppedAt = System.nanoTime();

    /** Plays against {@code port}; {@code allocation} offers what is free. */
    Replay(Transcript transcript, int port, Comparison comparison, Runnable allocation) {
        this.transcript = transcript;
        this.comparison = comparison;
        this.port = port;
        this.allocation = allocation;
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
        for (Transcript.Entry each : transcript.entries()) {
            while (!actions.isEmpty() && actions.firstKey() <= each.seconds()) {
                Map.Entry<Double, Runnable> action = actions.pollFirstEntry();
                pauseUntil(action.getKey());
                action.getValue().run();
            }
            if (each.kind() == Transcript.Kind.REQUEST || each.kind() == Transcript.Kind.CLIENT_CLOSES) {
                pauseUntil(each.seconds());
            }
            if (!foreign.contains(each.connection())) {
                play(each);
            }
            previous = each.seconds();
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

    private void pauseUntil(double seconds) throws InterruptedException {
        double pause = seconds - stepped;
        if (pause > 1) {
            long left = steppedAt + (long) (pause * 1e9) - System.nanoTime();
            TimeUnit.NANOSECONDS.sleep(Math.max(0, left));
        }
        if (seconds - previous > 1) {
            allocation.run();
        }
        stepped = seconds;
        steppedAt = System.nanoTime();
    }

    private Duration patience(Transcript.Entry entry) {
        return PATIENCE.plusNanos(Math.max(0, due(entry) - System.nanoTime()));
    }

    /** When the entry is to happen: as long after the last request as in the transcript. */
    private long due(Transcript.Entry entry) {
        return steppedAt + (long) ((entry.seconds() - stepped) * 1e9);
    }

    private void play(Transcript.Entry entry) throws IOException, InterruptedException {
        switch (entry.kind()) {
            case REQUEST -> {
                if (!entry.text().contains("Host: 127.0.0.1:" + recordedPort())) {
                    foreign.add(entry.connection());
                    return;
                }
                connections.put(entry.connection(), new RawConnection(port, request(entry)));
                opened.put(entry.connection(), entry.seconds());
            }
            case RESPONSE -> response(entry);
            case CHUNK -> chunk(entry);
            case CLIENT_CLOSES -> connection(entry).close();
            case HEADING, OTHER -> {}
        }
    }

    /** Where the recorded requests went that are replayed: others were for other servers. */
    private String recordedPort() {
        return transcript.name().endsWith("executor_side") ? "5051" : "5050";
    }

    private RawConnection connection(Transcript.Entry entry) {
        return Objects.requireNonNull(connections.get(entry.connection()), entry.title());
    }

    private String request(Transcript.Entry entry) {
        Message recorded = Message.parse(entry.text());
        String body = LAB_EXECUTOR
                .matcher(comparison.translate(recorded.body()))
                .replaceAll(Matcher.quoteReplacement(
                        "\"value\": " + JsonMapper.shared().writeValueAsString(LabExecutor.command())));
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
            if (recorded.headers().getOrDefault("content-type", "").equals("application/json")) {
                comparison.trees(where + " body", tree(recorded.body()), tree(came.body()));
            } else {
                comparison.texts(
                        where + " body",
                        empty ? "" : recorded.body(),
                        came.body().strip());
            }
            return;
        }
        for (String each : recorded.body().split("(?<=})(?=\\d+\n\\{\"type\")|(?<=^)(?=\\d+\n)", -1)) {
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
        JsonNode recorded = JsonMapper.shared().readTree(record.split("\n", -1)[1]);
        String kind = kind(recorded);
        boolean late = entry.seconds() - opened.getOrDefault(entry.connection(), 0.0) > 2;
        if (kind.equals("HEARTBEAT") && late) {
            return;
        }
        take(entry, kind)
                .ifPresentOrElse(
                        came -> comparison.trees(where(entry), recorded, came),
                        () -> comparison.differ(
                                where(entry),
                                "missing " + recorded + ", there is "
                                        + connection(entry).left()));
    }

    /** Takes the recorded event; offers come by themselves or by an allocation. */
    private Optional<JsonNode> take(Transcript.Entry entry, String kind) throws InterruptedException {
        Predicate<JsonNode> fits = each -> kind(each).equals(comparison.translate(kind));
        if (!kind.endsWith("OFFERS")) {
            return connection(entry).take(fits, patience(entry));
        }
        long limit = System.nanoTime() + patience(entry).toNanos();
        Optional<JsonNode> found = connection(entry).take(fits, Duration.ofMillis(100));
        while (found.isEmpty() && System.nanoTime() < limit) {
            if (System.nanoTime() >= due(entry)) {
                allocation.run();
            }
            found = connection(entry).take(fits, Duration.ofMillis(100));
        }
        return found;
    }

    private static JsonNode tree(String json) {
        return JsonMapper.shared().readTree(json);
    }

    private static String kind(JsonNode event) {
        JsonNode status = event.path("update").path("status");
        return event.path("type").asString("")
                + status.path("task_id").path("value").asString("")
                + status.path("state").asString("")
                + event.path("rescind").path("offer_id").path("value").asString("")
                + event.path("failure").path("executor_id").path("value").asString("");
    }

    private String where(Transcript.Entry entry) {
        return transcript.name() + " +" + entry.seconds() + " " + entry.connection();
    }
}
