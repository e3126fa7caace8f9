package dev.cotton.executors;

import dev.cotton.testing.executor.TestExecutor;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A client that inserts rows one after the other, and measures how long each took to be acknowledged. */
final class AcknowledgedWrites implements AutoCloseable {
    private final Client client;
    private final Thread thread;
    private volatile boolean ended;
    private final AtomicLong count = new AtomicLong();
    private volatile long longestGap;

    private AcknowledgedWrites(Client client) {
        this.client = client;
        this.thread = Thread.ofVirtual().name("writes").unstarted(this::write);
    }

    static AcknowledgedWrites begin(TestExecutor primary) throws SQLException {
        AcknowledgedWrites writes = new AcknowledgedWrites(Client.of(primary));
        writes.thread.start();
        return writes;
    }

    private void write() {
        long last = System.nanoTime();
        try {
            while (!ended) {
                client.execute("INSERT INTO shop.orders (text) VALUES ('written')");
                long now = System.nanoTime();
                longestGap = Math.max(longestGap, now - last);
                last = now;
                count.incrementAndGet();
                Thread.sleep(2);
            }
        } catch (SQLException | InterruptedException failure) {
            longestGap = Long.MAX_VALUE;
        }
    }

    long count() {
        return count.get();
    }

    Duration longestGap() {
        return Duration.ofNanos(longestGap);
    }

    @Override
    public void close() throws SQLException {
        ended = true;
        try {
            thread.join(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
