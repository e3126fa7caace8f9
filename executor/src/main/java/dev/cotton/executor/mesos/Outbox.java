package dev.cotton.executor.mesos;

import dev.cotton.core.mesos.Bytes;
import dev.cotton.core.mesos.ExecutorCall.Subscribe;
import dev.cotton.core.mesos.ExecutorCall.Update;
import dev.cotton.core.mesos.TaskId;
import dev.cotton.core.mesos.TaskInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the agent has not acknowledged: tasks and status updates, in the order in which they came. Thread-safe. */
final class Outbox {
    private final Duration patience;
    private final Map<TaskId, TaskInfo> tasks = new LinkedHashMap<>();
    private final Map<Bytes, Entry> updates = new LinkedHashMap<>();
    private boolean subscribed;

    /** An update, and when it was sent last, by {@link System#nanoTime}. */
    private static final class Entry {
        private final Update update;
        private @Nullable Long sent;

        Entry(Update update) {
            this.update = update;
        }

        boolean due(Duration patience) {
            return sent == null || System.nanoTime() - sent >= patience.toNanos();
        }
    }

    /** @param patience after which an update is sent again that was not acknowledged */
    Outbox(Duration patience) {
        this.patience = patience;
    }

    synchronized void launched(TaskInfo task) {
        tasks.putIfAbsent(task.taskId(), task);
    }

    /** @param update has a uuid that no other one has */
    synchronized void add(Update update) {
        updates.put(update.status().uuid().orElseThrow(), new Entry(update));
        notifyAll();
    }

    /** Says again what was said already; that is no error. */
    synchronized void acknowledged(TaskId task, Bytes uuid) {
        if (updates.remove(uuid) != null) {
            tasks.remove(task);
        }
        notifyAll();
    }

    /** What a subscription has to tell. */
    synchronized Subscribe subscription() {
        return new Subscribe(
                List.copyOf(tasks.values()),
                updates.values().stream().map(entry -> entry.update).toList());
    }

    /** The agent has taken {@code told}, and hears what is new from now on. */
    synchronized void subscribed(Subscribe told) {
        told.unacknowledgedUpdates().forEach(this::sent);
        subscribed = true;
        notifyAll();
    }

    synchronized void disconnected() {
        subscribed = false;
    }

    /** Waits until there is something to send to an agent that listens, and gives the first of it. */
    synchronized Update awaitDue() throws InterruptedException {
        while (true) {
            Optional<Entry> due = updates.values().stream()
                    .filter(entry -> entry.due(patience))
                    .findFirst();
            if (subscribed && due.isPresent()) {
                return due.get().update;
            }
            wait(patience.toMillis());
        }
    }

    /** The agent has taken it; that it has kept it is said by {@link #acknowledged}. */
    synchronized void sent(Update update) {
        Entry entry = updates.get(update.status().uuid().orElseThrow());
        if (entry != null) {
            entry.sent = System.nanoTime();
        }
    }

    /** Waits until everything is acknowledged; false when {@code limit} passes first. */
    synchronized boolean awaitEmpty(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!updates.isEmpty()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** What is not acknowledged, for a log. */
    @Override
    public synchronized String toString() {
        List<String> states = new ArrayList<>();
        updates.values()
                .forEach(entry -> states.add(entry.update.status().state().name()));
        return states.toString();
    }
}
