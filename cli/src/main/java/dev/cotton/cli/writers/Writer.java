package dev.cotton.cli.writers;

import dev.cotton.cli.writers.Insert.Reign;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One client. It is connected to every member in advance, as a pool with a part for every member is, because a login takes
 * longer than a switchover. All but {@link #leave}, {@link #meet} and {@link #end} happens on its own virtual thread.
 */
final class Writer {
    /** For every answer, so that a primary that hangs is left soon. */
    private static final Duration LIMIT = Duration.ofSeconds(1);

    /** Before a server that refused a write is asked again. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    /** Before another login at a server that let nobody in or has ended a connection. */
    private static final Duration LOGIN_PAUSE = Duration.ofMillis(200);

    /** Often enough to fall into any moment that matters, and no load worth speaking of. */
    private static final Duration STAYING_PACE = Duration.ofMillis(25);

    private static final Duration END_LIMIT = Duration.ofSeconds(10);

    private final Database database;
    private final Supplier<Primary> primary;
    private final List<String> members;
    private final Counters counters;
    private final Duration pace;
    private final Map<String, Client> clients = new ConcurrentHashMap<>();
    private final Queue<Insert> inserts = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private @Nullable Primary target;
    private volatile boolean closed;

    /** A connection that is in use. */
    private record Client(Connection connection, PreparedStatement insert, String server) {
        void close() {
            try {
                connection.close();
            } catch (SQLException gone) {
                // That is all that is wanted.
            }
        }
    }

    /**
     * What all writers of a round count together.
     *
     * @param nextId the next id that nobody has used
     * @param acknowledged rows, those of clients that stay with one member left out
     * @param latest the last of them
     */
    record Counters(AtomicLong nextId, AtomicLong acknowledged, AtomicReference<@Nullable Insert> latest) {}

    private Writer(
            Database database, Supplier<Primary> primary, List<String> members, Counters counters, Duration pace) {
        this.database = database;
        this.primary = primary;
        this.members = members;
        this.counters = counters;
        this.pace = pace;
        this.thread = Thread.ofVirtual().name("writer").unstarted(this::run);
    }

    /**
     * One that goes wherever the primary is, and writes as fast as it can.
     *
     * @param primary who takes writes now
     * @param members the endpoints of all members
     */
    static Writer following(Database database, Supplier<Primary> primary, List<String> members, Counters counters) {
        return new Writer(database, primary, members, counters, Duration.ZERO);
    }

    /** One that asks this member again and again, whatever it is told: it finds whoever acknowledges and must not. */
    static Writer staying(Database database, Primary member, Counters counters) {
        return new Writer(database, () -> member, List.of(member.endpoint()), counters, STAYING_PACE);
    }

    /** Whether it is to be told of another primary. */
    boolean follows() {
        return pace.isZero();
    }

    void start() {
        thread.start();
    }

    /** Leaves whatever it waits for at another server than this one: an interrupt closes a virtual thread's socket. */
    synchronized void leave(Primary another) {
        if (target != null && !target.equals(another)) {
            thread.interrupt();
        }
    }

    private synchronized Primary aim() {
        Thread.interrupted();
        target = primary.get();
        return target;
    }

    private void run() {
        members.forEach(this::connect);
        while (!closed) {
            write(aim());
        }
        clients.values().forEach(Client::close);
    }

    private void connect(String member) {
        try {
            Connection connection = database.open(member, LIMIT);
            Client client = new Client(connection, Ledger.insert(connection), Ledger.serverOf(connection));
            if (clients.putIfAbsent(member, client) != null) {
                client.close();
            }
        } catch (SQLException notNow) {
            // It is tried again when this member is the primary.
        }
    }

    /** Connects to a member, unless it is connected. On the caller's thread, so that it goes on writing meanwhile. */
    void meet(String member) {
        if (!closed && !clients.containsKey(member)) {
            connect(member);
        }
    }

    private void write(Primary primary) {
        Client client = clients.get(primary.endpoint());
        if (client == null) {
            connect(primary.endpoint());
            if (!clients.containsKey(primary.endpoint())) {
                pause(LOGIN_PAUSE);
            }
            return;
        }
        Reign reign = new Reign(primary.instance(), client.server(), primary.epoch());
        long id = counters.nextId().getAndIncrement();
        long begun = System.nanoTime();
        try {
            Ledger.write(client.insert(), id);
            Insert insert = new Insert(id, begun, System.nanoTime(), reign, true);
            inserts.add(insert);
            if (follows()) {
                counters.acknowledged().incrementAndGet();
                counters.latest().set(insert);
            } else {
                pause(pace);
            }
        } catch (SQLException refused) {
            inserts.add(new Insert(id, begun, System.nanoTime(), reign, false));
            recover(primary, client, refused);
        }
    }

    private void recover(Primary primary, Client client, SQLException refused) {
        String state = refused.getSQLState();
        boolean lost = state == null || state.startsWith("08") || refused.getErrorCode() == 0;
        if (lost) {
            clients.remove(primary.endpoint());
            client.close();
        }
        pause(lost ? LOGIN_PAUSE : PAUSE.plus(pace));
    }

    private static void pause(Duration span) {
        try {
            Thread.sleep(span);
        } catch (InterruptedException thereIsAnotherPrimary) {
            // Then there is something better to do.
        }
    }

    /** What it was told up to now. */
    List<Insert> inserts() {
        return List.copyOf(inserts);
    }

    /** Waits until it has ended. */
    void end() throws InterruptedException {
        close();
        if (!thread.join(END_LIMIT)) {
            throw new IllegalStateException("A writer does not end although every answer has a limit.");
        }
    }

    void close() {
        closed = true;
    }
}
