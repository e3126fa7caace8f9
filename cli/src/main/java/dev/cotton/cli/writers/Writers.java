package dev.cotton.cli.writers;

import dev.cotton.cli.client.Cluster;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.writers.Insert.Reign;
import dev.cotton.cli.writers.PrimaryFollower.Primary;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Writers that insert one row after the other into the {@link Ledger} of whoever is the primary, and never the same row
 * twice. A connection is given up when an insert fails, when no answer comes in time, and at once when another instance
 * becomes the primary. Thread-safe.
 */
public final class Writers implements AutoCloseable {
    /** For connecting and for every answer, so that a primary that hangs is left soon. */
    private static final Duration LIMIT = Duration.ofMillis(500);

    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final Duration END_LIMIT = Duration.ofSeconds(10);
    private static final Executor AT_ONCE = Runnable::run;

    private final Database database;
    private final PrimaryFollower follower;
    private final AtomicLong nextId;
    private final AtomicLong count = new AtomicLong();
    private final Map<Integer, Connection> open = new ConcurrentHashMap<>();
    private final List<List<Insert>> inserts = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    /**
     * Starts them.
     *
     * @param client of whichever scheduler there is now
     * @param seen the cluster; it has a primary
     * @param writers how many write at the same time
     * @param nextId the id of their first row; moved on
     */
    public Writers(
            Database database,
            Supplier<SchedulerClient> client,
            Document<Cluster> seen,
            int writers,
            AtomicLong nextId) {
        this.database = database;
        this.nextId = nextId;
        Primary first = PrimaryFollower.of(seen).orElseThrow(() -> new IllegalArgumentException("no primary"));
        this.follower = new PrimaryFollower(client, seen.value().name(), first, this::leave);
        for (int writer = 0; writer < writers; writer++) {
            int number = writer;
            List<Insert> own = new ArrayList<>();
            inserts.add(own);
            threads.add(Thread.ofVirtual().name("writer-" + number).start(() -> write(number, own)));
        }
    }

    /** How many rows have been acknowledged up to now. */
    public long acknowledged() {
        return count.get();
    }

    private void leave(Primary another) {
        open.values().forEach(Writers::abort);
    }

    private static void abort(Connection connection) {
        try {
            connection.abort(AT_ONCE);
        } catch (SQLException gone) {
            // That is all that is wanted.
        }
    }

    private void write(int writer, List<Insert> own) {
        while (!closed) {
            Primary primary = follower.primary();
            try (Connection connection = database.open(primary.endpoint(), LIMIT)) {
                open.put(writer, connection);
                Reign reign = new Reign(primary.instance(), Ledger.serverOf(connection), primary.epoch());
                try (PreparedStatement insert = Ledger.insert(connection)) {
                    boolean going = true;
                    while (going && !closed && follower.primary().equals(primary)) {
                        going = write(insert, reign, own);
                    }
                }
            } catch (SQLException lost) {
                pause();
            } finally {
                open.remove(writer);
            }
        }
    }

    private boolean write(PreparedStatement insert, Reign reign, List<Insert> own) {
        long id = nextId.getAndIncrement();
        long begun = System.nanoTime();
        boolean acknowledged;
        try {
            Ledger.write(insert, id);
            acknowledged = true;
            count.incrementAndGet();
        } catch (SQLException unknown) {
            acknowledged = false;
        }
        own.add(new Insert(id, begun, System.nanoTime(), reign, acknowledged));
        if (!acknowledged) {
            pause();
        }
        return acknowledged;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException toEnd) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the writers and says what they were told. */
    public History end() throws InterruptedException {
        close();
        for (Thread thread : threads) {
            if (!thread.join(END_LIMIT)) {
                throw new IllegalStateException("A writer does not end although every answer has a limit.");
            }
        }
        return new History(inserts.stream().flatMap(List::stream).toList());
    }

    /** The ids of a history that were acknowledged, added to {@code known}. */
    public static void addAcknowledged(History history, BitSet known) {
        history.acknowledged().forEach(insert -> known.set(Math.toIntExact(insert.id())));
    }

    @Override
    public void close() {
        closed = true;
        follower.close();
    }
}
