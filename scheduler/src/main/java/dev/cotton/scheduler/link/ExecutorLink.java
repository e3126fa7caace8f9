package dev.cotton.scheduler.link;

import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Ports;
import dev.cotton.core.port.Executors.Heard;
import dev.cotton.core.wire.ExecutorApi;
import dev.cotton.core.wire.Status;
import dev.cotton.scheduler.link.Calls.Reply;
import dev.cotton.scheduler.security.SecretException;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to one executor, one long poll after the other. One that is gone is noticed as soon as its connection breaks,
 * one that hangs when a poll's limit passes, at most three seconds after its last sign of life.
 */
final class ExecutorLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ExecutorLink.class);
    private static final Duration WAIT = Duration.ofMillis(1500);
    private static final Duration LIMIT = Duration.ofMillis(2800);
    private static final long FIRST_PAUSE_MS = 50;
    private static final long LONGEST_PAUSE_MS = 1000;

    /** An executor that was just started is asked often: somebody waits for it. */
    private static final long PAUSE_BEFORE_FIRST_WORD_MS = 50;

    private static final Duration FIRST_WORD_EXPECTED_WITHIN = Duration.ofSeconds(30);

    private final InstanceId id;
    private final Ports ports;
    private final Enrolling enrolling;
    private final Calls calls;
    private final Runnable onNews;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Last last = new Last(null, System.nanoTime(), false, "it was not asked yet");

    /** @param answeredAt by the monotonic clock; when listening began, before the first answer */
    private record Last(@Nullable Status status, long answeredAt, boolean reachable, String trouble) {
        Duration silence() {
            return Duration.ofNanos(System.nanoTime() - answeredAt);
        }
    }

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

    Ports ports() {
        return ports;
    }

    /** By which it is called. */
    Calls calls() {
        return calls;
    }

    Heard heard() {
        Last now = last;
        return new Heard(Optional.ofNullable(now.status()), now.silence(), now.reachable(), now.trouble());
    }

    private boolean open() {
        return closed.getCount() > 0;
    }

    private void run() {
        int failures = 0;
        try {
            while (open()) {
                Optional<String> trouble = listen();
                failures = trouble.isPresent() ? failures + 1 : 0;
                if (trouble.isPresent()) {
                    silent(trouble.get());
                    pauseAfter(failures);
                }
            }
        } catch (InterruptedException closing) {
            LOG.trace("{} is not listened to any more", id);
        }
    }

    /** @return what went wrong, in a sentence */
    private Optional<String> listen() throws InterruptedException {
        try {
            if (!last.reachable()) {
                enrolling.enrolIfItWaits();
            }
            poll();
            return Optional.empty();
        } catch (IOException | SecretException failed) {
            return Optional.of(Trouble.of(failed));
        } catch (RuntimeException unexpected) {
            LOG.error("Listening to {} failed and is tried again.", id, unexpected);
            return Optional.of(Trouble.of(unexpected));
        }
    }

    private void poll() throws IOException, InterruptedException {
        Status before = last.status();
        String path = last.reachable() && before != null
                ? ExecutorApi.STATUS + "?after=" + before.revision() + "&wait=" + WAIT.toMillis()
                : ExecutorApi.STATUS;
        Reply<Status> reply = calls.get(ports.executorEndpoint(), path, Status.class, LIMIT);
        heard(reply.body());
        Optional<X509Certificate> shown = reply.peer();
        if (shown.isPresent()) {
            enrolling.renewIfItEnds(shown.get());
        }
    }

    private void heard(Status status) throws IOException {
        if (!status.instance().equals(id)) {
            throw new IOException("the executor at the place of " + id + " says that it is " + status.instance());
        }
        Last before = last;
        boolean news = !before.reachable()
                || before.status() == null
                || before.status().revision() != status.revision();
        last = new Last(status, System.nanoTime(), true, "");
        if (news) {
            tell();
        }
    }

    private void silent(String trouble) {
        Last before = last;
        last = new Last(before.status(), before.answeredAt(), false, trouble);
        if (before.reachable() || !before.trouble().equals(trouble)) {
            if (before.reachable()) {
                LOG.info("{} does not answer: {}", id, trouble);
            }
            tell();
        }
    }

    private void tell() {
        if (open()) {
            onNews.run();
        }
    }

    private void pauseAfter(int failures) throws InterruptedException {
        long pause = Math.min(longestPause(), FIRST_PAUSE_MS << Math.min(failures - 1, 10));
        long jittered = pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
        if (closed.await(jittered, TimeUnit.MILLISECONDS)) {
            LOG.trace("{} is not listened to any more", id);
        }
    }

    private long longestPause() {
        boolean begins = last.status() == null && last.silence().compareTo(FIRST_WORD_EXPECTED_WITHIN) < 0;
        return begins ? PAUSE_BEFORE_FIRST_WORD_MS : LONGEST_PAUSE_MS;
    }

    /** Ends the poll that is under way. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
