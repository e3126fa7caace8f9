package dev.cotton.mesos;

import static org.awaitility.Awaitility.await;

import dev.cotton.testing.mesos.MesosSimulator;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
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
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plays the requests of a transcript and compares what comes with what was recorded, in the transcript's time. Where
 * offers were recorded, and in pauses of a second and more, free resources are allocated.
 */
final class Replay {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** What nobody may have read at the end of a recording. */
    private static final Set<String> UNREAD = Set.of("HEARTBEAT", "ACKNOWLEDGED");

    private static final Set<String> ENDS = Set.of("TASK_FINISHED", "TASK_FAILED");
    private static final Duration GLANCE = Duration.ofMillis(10);
    private final MesosSimulator mesos;
    private final Pace pace;
    private final Naps naps;
    private final Comparison comparison = new Comparison();
    private final List<Step> steps = new ArrayList<>();
    private final Requests requests = new Requests(comparison);
    private final Map<String, RawConnection> connections = new LinkedHashMap<>();
    private final Set<String> foreign = new HashSet<>();
    private final Map<String, Double> opened = new HashMap<>();
    private final NavigableMap<Double, Action> actions = new TreeMap<>();
    private double previous;

    /** Something that was done in the laboratory. */
    interface Action {
        void run() throws Exception;
    }

    /** An entry, and the servers of its transcript: by the ports of the laboratory, those of now. */
    private record Step(double seconds, Transcript.Entry entry, String transcript, Map<Integer, Integer> ports) {
        String connection() {
            return transcript + " " + entry.connection();
        }

        String where() {
            return transcript + " +" + entry.seconds() + " " + entry.connection();
        }

        /** Where the request goes, empty when it went to none of these servers. */
        Optional<Integer> port() {
            return ports.entrySet().stream()
                    .filter(each -> entry.text().contains("Host: 127.0.0.1:" + each.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst();
        }
    }

    Replay(MesosSimulator mesos) {
        this.mesos = mesos;
        this.pace = new Pace(mesos);
        this.naps = new Naps(mesos);
    }

    /**
     * Plays a conversation that began {@code offset} seconds after the first one, with servers at other ports now than in
     * the laboratory. Requests to other servers are left out.
     */
    Replay of(Transcript transcript, double offset, Map<Integer, Integer> ports) {
        transcript
                .entries()
                .forEach(each -> steps.add(new Step(each.seconds() + offset, each, transcript.name(), ports)));
        steps.sort(Comparator.comparingDouble(Step::seconds));
        return this;
    }

    /** What was done in the laboratory so many seconds after the start. */
    Replay at(double seconds, Action action) {
        actions.put(seconds, action);
        return this;
    }

    /** What stands in the transcript for something of this run. */
    Replay with(String recorded, String actual) {
        comparison.learn(recorded, actual);
        return this;
    }

    /** What a request asks for in this run instead. */
    Replay asking(String recorded, String instead) {
        requests.ask(recorded, instead);
        return this;
    }

    /** The command of a task ended then, though nobody was told at once. */
    Replay ending(String task, double seconds) {
        return at(seconds, () -> {
            int before = containers();
            naps.end(task);
            await().until(() -> containers() < before);
        });
    }

    private int containers() {
        return mesos.agents().stream()
                .mapToInt(each -> each.containers().size())
                .sum();
    }

    /** Plays all of it; returns what differs. */
    List<String> run() throws Exception {
        for (Step each : steps) {
            while (!actions.isEmpty() && actions.firstKey() <= each.seconds()) {
                Map.Entry<Double, Action> action = actions.pollFirstEntry();
                step(action.getKey());
                action.getValue().run();
            }
            Transcript.Kind kind = each.entry().kind();
            if (kind == Transcript.Kind.REQUEST || kind == Transcript.Kind.CLIENT_CLOSES) {
                step(each.seconds());
            }
            if (!foreign.contains(each.connection())) {
                play(each);
            }
            previous = each.seconds();
        }
        for (Map.Entry<String, RawConnection> each : connections.entrySet()) {
            for (JsonNode left : each.getValue().left()) {
                if (!UNREAD.contains(left.path("type").asString(""))) {
                    comparison.differ(each.getKey() + " at the end", "nobody expected " + left);
                }
            }
            each.getValue().close();
        }
        return comparison.differences();
    }

    private void step(double seconds) {
        pace.step(seconds);
        if (seconds - previous > 1) {
            mesos.allocate();
        }
    }

    private void play(Step step) throws IOException, InterruptedException {
        switch (step.entry().kind()) {
            case REQUEST -> {
                Optional<Integer> port = step.port();
                if (port.isEmpty()) {
                    foreign.add(step.connection());
                    return;
                }
                connections.put(step.connection(), new RawConnection(port.get(), requests.of(step.entry())));
                opened.put(step.connection(), step.seconds());
            }
            case RESPONSE -> response(step);
            case CHUNK -> chunk(step);
            case CLIENT_CLOSES -> connection(step).leave(PATIENCE);
            case SERVER_CLOSES -> {
                if (!connection(step).breaks(patience())) {
                    comparison.differ(step.where(), "the connection does not break");
                }
            }
            case HEADING, OTHER -> {}
        }
    }

    private RawConnection connection(Step step) {
        return Objects.requireNonNull(
                connections.get(step.connection()), step.entry().title());
    }

    private void response(Step step) throws IOException, InterruptedException {
        Message recorded = Message.parse(step.entry().text());
        Message came = connection(step).response();
        String where = step.where();
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
                event(step, each.strip());
            }
        }
        if (!step.entry().title().contains("HEADERS")) {
            connection(step).close();
        }
    }

    private void chunk(Step step) throws IOException, InterruptedException {
        String text = step.entry().text();
        if (!text.contains("(terminating zero chunk)") && !step.entry().title().contains("terminating")) {
            event(step, text.strip());
            return;
        }
        pace.reach(step.seconds());
        if (!connection(step).endsProperly(patience())) {
            comparison.differ(step.where(), "the stream does not end with the terminating chunk");
        }
    }

    private void event(Step step, String record) throws IOException, InterruptedException {
        JsonNode recorded = JsonMapper.shared().readTree(record.split("\n", -1)[1]);
        String kind = kind(recorded);
        boolean late = step.seconds() - opened.getOrDefault(step.connection(), 0.0) > 2;
        if (kind.equals("HEARTBEAT") && late) {
            return;
        }
        JsonNode status = recorded.path("update").path("status");
        if (ENDS.contains(status.path("state").asString(""))) {
            naps.end(status.path("task_id").path("value").asString(""));
        }
        take(step, kind)
                .ifPresentOrElse(
                        came -> comparison.trees(step.where(), recorded, came),
                        () -> comparison.differ(
                                step.where(),
                                "missing " + recorded + ", there is "
                                        + connection(step).left()));
    }

    /** Takes the recorded event; offers come by themselves or by an allocation. */
    private Optional<JsonNode> take(Step step, String kind) throws InterruptedException {
        Predicate<JsonNode> fits = each -> kind(each).equals(comparison.translate(kind));
        pace.reach(step.seconds());
        long limit = System.nanoTime() + patience().toNanos();
        Optional<JsonNode> found = connection(step).take(fits, GLANCE.multipliedBy(5));
        while (found.isEmpty() && System.nanoTime() < limit) {
            pace.linger(step.seconds());
            if (kind.endsWith("OFFERS")) {
                mesos.allocate();
            }
            found = connection(step).take(fits, GLANCE);
        }
        return found;
    }

    /** What differs early makes much of the rest differ too: nobody waits long for that. */
    private Duration patience() {
        return comparison.differences().isEmpty() ? PATIENCE : GLANCE.multipliedBy(10);
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
}
