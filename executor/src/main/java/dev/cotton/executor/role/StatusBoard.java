package dev.cotton.executor.role;

import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Stamp;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.Status;
import dev.cotton.core.wire.Status.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/** Where everybody writes what he knows, and a long poll waits for news. Thread-safe. */
public final class StatusBoard {
    private final InstanceId instance;
    private final String version;
    private final String bootId;
    private final long startedAt = System.nanoTime();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();

    /** Begins with the time, so that no revision of a former process is mistaken for one of this. */
    private long revision = System.currentTimeMillis();

    private Picture picture = new Picture(
            Optional.empty(),
            false,
            Lifecycle.EMPTY,
            "",
            Optional.empty(),
            Stamp.NONE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Usage.NONE,
            Optional.empty(),
            Picture.Reports.NONE);

    /**
     * @param version of this executor
     * @param bootId of this host
     */
    public StatusBoard(InstanceId instance, String version, String bootId) {
        this.instance = instance;
        this.version = version;
        this.bootId = bootId;
    }

    /** Replaces what is known; waiting polls are answered when the difference is worth it. */
    void update(UnaryOperator<Picture> change) {
        lock.lock();
        try {
            Picture next = change.apply(picture);
            boolean worthTelling = !next.notable().equals(picture.notable());
            picture = next;
            if (worthTelling) {
                revision++;
                news.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What is known now, without waiting. */
    Picture picture() {
        lock.lock();
        try {
            return picture;
        } finally {
            lock.unlock();
        }
    }

    /** The status now. */
    public Status status() {
        lock.lock();
        try {
            return new Status(
                    instance,
                    revision,
                    version,
                    bootId,
                    Duration.ofNanos(System.nanoTime() - startedAt),
                    picture.incarnation(),
                    picture.sure(),
                    picture.lifecycle(),
                    picture.detail(),
                    picture.progress(),
                    picture.highest(),
                    picture.role(),
                    picture.fullMysql(),
                    picture.usage(),
                    picture.inForce(),
                    picture.reports().backup(),
                    picture.reports().verification(),
                    picture.reports().archive().map(report -> report.at(Instant.now())));
        } finally {
            lock.unlock();
        }
    }

    /** The status, as soon as its revision is another one than {@code after} or {@code limit} is over. */
    public Status await(long after, Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (revision == after && left > 0) {
                left = news.awaitNanos(Math.min(left, TimeUnit.HOURS.toNanos(1)));
            }
        } finally {
            lock.unlock();
        }
        return status();
    }
}
