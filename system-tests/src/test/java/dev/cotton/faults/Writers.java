package dev.cotton.faults;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that insert one row after the other at every member, whoever is the primary, and remember what they were told:
 * whoever can acknowledge does acknowledge, also a former primary that nobody but its clients reaches. Thread-safe.
 */
final class Writers implements AutoCloseable {
    private static final int AT_EACH = 3;
    private static final Duration BETWEEN_ROWS = Duration.ofMillis(5);
    private static final Duration BETWEEN_REFUSALS = Duration.ofMillis(20);
    private static final Duration BETWEEN_LOGINS = Duration.ofMillis(100);
    private static final Duration END_LIMIT = Duration.ofSeconds(30);
    private static final String INSERT = "INSERT INTO ledger.entries (id) VALUES (?)";
    private static final AtomicInteger NEXT_ID = new AtomicInteger();

    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ended;

    /** Opens a connection to one member. */
    @FunctionalInterface
    interface Login {
        Connection open() throws SQLException;
    }

    /**
     * A row that is stored for ever, as a client was told. Instants are of {@link System#nanoTime}.
     *
     * @param begun before it was sent
     * @param ended when the answer was there
     */
    record Acknowledged(int id, String member, long begun, long ended) {}

    /** @param members how to log in, by instance */
    Writers(Map<String, Login> members) {
        members.forEach((member, login) -> {
            for (int i = 0; i < AT_EACH; i++) {
                threads.add(Thread.ofVirtual().name("writer-" + member).start(() -> write(member, login)));
            }
        });
    }

    private void write(String member, Login login) {
        while (!ended) {
            try (Connection connection = login.open();
                    PreparedStatement insert = connection.prepareStatement(INSERT)) {
                write(member, connection, insert);
            } catch (SQLException awayForNow) {
                pause(BETWEEN_LOGINS);
            }
        }
    }

    private void write(String member, Connection connection, PreparedStatement insert) throws SQLException {
        while (!ended && !connection.isClosed()) {
            int id = NEXT_ID.incrementAndGet();
            long begun = System.nanoTime();
            try {
                insert.setInt(1, id);
                insert.executeUpdate();
                acknowledged.add(new Acknowledged(id, member, begun, System.nanoTime()));
                pause(BETWEEN_ROWS);
            } catch (SQLException refused) {
                pause(BETWEEN_REFUSALS);
            }
        }
    }

    private void pause(Duration span) {
        try {
            Thread.sleep(span);
        } catch (InterruptedException over) {
            ended = true;
        }
    }

    /** All up to now, in the order of their answers. */
    List<Acknowledged> acknowledged() {
        return acknowledged.stream()
                .sorted(Comparator.comparingLong(Acknowledged::ended))
                .toList();
    }

    /** Whether a row was acknowledged that was sent after {@code instant}. */
    boolean wroteAfter(long instant) {
        return acknowledged.stream().anyMatch(row -> row.begun() > instant);
    }

    /** The longest time without an acknowledgement that ended after {@code instant}, up to now. */
    Duration longestGap(long instant) {
        long longest = 0;
        long last = instant;
        for (Acknowledged row : acknowledged()) {
            longest = row.ended() > instant ? Math.max(longest, row.ended() - last) : longest;
            last = row.ended();
        }
        return Duration.ofNanos(Math.max(longest, System.nanoTime() - last));
    }

    /**
     * How often at least acknowledging went from one member to another. Two that acknowledge at the same time count each
     * turn.
     */
    int turns() {
        int turns = 0;
        List<Acknowledged> rows = acknowledged();
        for (int i = 1; i < rows.size(); i++) {
            Acknowledged former = rows.get(i - 1);
            boolean turned = !rows.get(i).member().equals(former.member());
            turns += turned ? 1 : 0;
        }
        return turns;
    }

    /** Ends them; what is under way is given up. */
    @Override
    public void close() {
        ended = true;
        threads.forEach(Thread::interrupt);
        long deadline = System.nanoTime() + END_LIMIT.toNanos();
        for (Thread thread : threads) {
            try {
                if (!thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
                    throw new IllegalStateException(thread.getName() + " does not end.");
                }
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
