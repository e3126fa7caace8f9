package dev.cotton.scheduler.link;

import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Ports;
import dev.cotton.core.port.Executors.Heard;
import dev.cotton.core.wire.ExecutorApi;
import dev.cotton.core.wire.Status;
import dev.cotton.scheduler.link.Calls.Reply;
import dev.cotton.scheduler.security.SecretException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to one executor, one long poll after the other. An executor that hangs is noticed when a poll's limit passes,
 * one that is gone as soon as its connection breaks.
 */
final class ExecutorLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ExecutorLink.class);
    private static final Duration WAIT = Duration.ofMillis(1500);
    private static final Duration LIMIT = Duration.ofMillis(2800);
    private static final long FIRST_PAUSE_MS = 30;
    private static final long LONGEST_PAUSE_MS = 1000;

    private final InstanceId id;
    private final Ports ports;
    private final Enrolling enrolling;
    private final Calls calls;
    private final Runnable onNews;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Last last = new Last(null, System.nanoTime(), false, "it was not asked yet");

    private record Last(@Nullable Status status, long answeredAt, boolean reachable, String trouble) {}

    ExecutorLink(InstanceId id, Ports ports, Enrolling enrolling, Calls calls, Runnable onNews) {
        this.id = id;
        this.ports = ports;
        this.enrolling = enrolling;
        this.calls = calls;
        this.onNews = onNews;
        this.thread = Thread.ofVirtual().name("poll-" + id).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    InstanceId id() {
        return id;
    }

    Ports ports() {
        return ports;
    }

    Heard heard() {
        Last now = last;
        return new Heard(
                Optional.ofNullable(now.status()),
                Duration.ofNanos(System.nanoTime() - now.answeredAt()),
                now.reachable(),
                now.trouble());
    }

    private boolean open() {
        return closed.getCount() > 0;
    }

    private void run() {
        int failures = 0;
        while (open()) {
            try {
                poll();
                failures = 0;
            } catch (InterruptedException interrupted) {
                return;
            } catch (IOException | SecretException failed) {
                failures++;
                silent(Trouble.of(failed));
                if (!pausedAfter(failures)) {
                    return;
                }
            } catch (RuntimeException failed) {
                failures++;
                LOG.error("Listening to {} failed and is tried again.", id, failed);
                silent(String.valueOf(failed.getMessage()));
                if (!pausedAfter(failures)) {
                    return;
                }
            }
        }
    }

    private void poll() throws IOException, InterruptedException {
        Status before = last.status();
        if (before == null) {
            enrolIfWanted();
        }
        String path = last.reachable() && before != null
                ? ExecutorApi.STATUS + "?after=" + before.revision() + "&wait=" + WAIT.toMillis()
                : ExecutorApi.STATUS;
        Reply<Status> reply = calls.get(ports.executorEndpoint(), path, Status.class, LIMIT);
        heard(reply.body());
        if (reply.peer().filter(enrolling::ends).isPresent()) {
            enrolling.renew();
        }
    }

    /** An executor that waits to be enrolled speaks plain HTTP, and keeps whoever begins with TLS waiting. */
    private void enrolIfWanted() throws InterruptedException {
        try {
            enrolling.enrol();
            LOG.info("{} is enrolled.", id);
        } catch (IOException enrolled) {
            LOG.debug("{} does not ask to be enrolled: {}", id, Trouble.of(enrolled));
        }
    }

    private void heard(Status status) {
        if (!status.instance().equals(id)) {
            throw new IllegalStateException("The executor at the place of " + id + " says that it is another's.");
        }
        Status before = last.status();
        boolean news = !last.reachable() || before == null || before.revision() != status.revision();
        last = new Last(status, System.nanoTime(), true, "");
        if (news && open()) {
            onNews.run();
        }
    }

    private void silent(String trouble) {
        Last before = last;
        last = new Last(before.status(), before.answeredAt(), false, trouble);
        if (before.reachable() && open()) {
            LOG.info("{} does not answer: {}", id, trouble);
            onNews.run();
        }
    }

    private boolean pausedAfter(int failures) {
        long pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << Math.min(failures, 10));
        long jittered = pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
        try {
            return !closed.await(jittered, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            return false;
        }
    }

    /** Ends the poll that is under way. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
