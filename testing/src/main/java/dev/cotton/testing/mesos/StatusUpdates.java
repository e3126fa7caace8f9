package dev.cotton.testing.mesos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The updates of an agent's tasks: only the oldest unacknowledged one of each is sent, again and again. */
final class StatusUpdates {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private final Loop loop;
    private final Duration retry;
    private final Sender sender;
    private final Map<String, Stream> streams = new LinkedHashMap<>();

    /** Sends an update to the master, with the newest state known; does nothing when there is none. */
    interface Sender {
        void send(String framework, ObjectNode status, String latest);
    }

    private static final class Stream {
        private final String framework;
        private final Deque<ObjectNode> waiting = new ArrayDeque<>();
        private final Set<String> seen = new HashSet<>();
        private @Nullable Future<?> next;

        Stream(String framework) {
            this.framework = framework;
        }

        void stop() {
            if (next != null) {
                next.cancel(false);
            }
        }
    }

    StatusUpdates(Loop loop, Duration retry, Sender sender) {
        this.loop = loop;
        this.retry = retry;
        this.sender = sender;
    }

    /** Takes an update; returns whether it is new, and not one whose UUID was taken before. */
    boolean add(String framework, ObjectNode status) {
        Stream stream =
                streams.computeIfAbsent(key(framework, Json.idOr(status, "task_id")), key -> new Stream(framework));
        if (!stream.seen.add(Json.text(status, "uuid"))) {
            return false;
        }
        stream.waiting.add(status);
        if (stream.waiting.size() == 1) {
            send(stream, retry);
        }
        return true;
    }

    /** Takes an acknowledgement; returns whether the task's last update is acknowledged with it. */
    boolean acknowledge(String framework, String task, String uuid) {
        String key = key(framework, task);
        Stream stream = streams.get(key);
        ObjectNode oldest = stream == null ? null : stream.waiting.peek();
        if (stream == null || oldest == null || !Json.text(oldest, "uuid").equals(uuid)) {
            return false;
        }
        stream.stop();
        stream.waiting.remove();
        if (Task.isTerminal(Json.text(oldest, "state"))) {
            streams.remove(key);
            return true;
        }
        if (!stream.waiting.isEmpty()) {
            send(stream, retry);
        }
        return false;
    }

    /** Sends everything that waits now, as after a new registration. */
    void resume() {
        for (Stream each : List.copyOf(streams.values())) {
            each.stop();
            if (!each.waiting.isEmpty()) {
                send(each, retry);
            }
        }
    }

    /** Sends nothing until {@link #resume}. */
    void pause() {
        streams.values().forEach(Stream::stop);
    }

    /** Forgets a framework that was removed. */
    void forget(String framework) {
        streams.values().stream()
                .filter(each -> each.framework.equals(framework))
                .forEach(Stream::stop);
        streams.values().removeIf(each -> each.framework.equals(framework));
    }

    private void send(Stream stream, Duration again) {
        ObjectNode oldest = stream.waiting.element();
        String latest = Json.text(stream.waiting.getLast(), "state");
        Duration doubled = again.multipliedBy(2);
        stream.next = loop.timer(again, () -> send(stream, doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled));
        sender.send(stream.framework, oldest, latest);
    }

    private static String key(String framework, String task) {
        return framework + "/" + task;
    }
}
