package dev.cotton.executor.role;

import dev.cotton.core.model.Member;
import dev.cotton.executor.role.Connections.Connection;
import dev.cotton.executor.sql.OwnAccounts;
import dev.cotton.executor.sql.Row;
import dev.cotton.executor.sql.Session;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Who may replicate from this server, and who does. Nothing of this is written to the binary log. For one thread. */
final class ReplicationAccounts {
    private static final Duration LOGIN_LIMIT = Duration.ofMillis(500);
    private static final Duration GONE_LIMIT = Duration.ofSeconds(3);

    private final Session session;
    private final Connections connections;

    /** @param session of {@link dev.cotton.executor.sql.Sessions.Scope#THIS_SERVER} */
    ReplicationAccounts(Session session) {
        this.session = session;
        this.connections = new Connections(session);
    }

    /** Whether exactly {@code admitted} may replicate, and nobody else does. */
    boolean are(Set<Integer> admitted) {
        return withLock(false).equals(admitted)
                && connections.all().stream()
                        .flatMap(connection -> OwnAccounts.slot(connection.user()).stream())
                        .allMatch(admitted::contains);
    }

    /**
     * Locks the account of every slot but {@code admitted}, ends their connections and sees them gone.
     *
     * @throws Obstacle when a connection does not go
     */
    void shutOut(Set<Integer> admitted) throws InterruptedException {
        Set<Integer> out = IntStream.range(0, Member.SLOTS).boxed().collect(Collectors.toCollection(TreeSet::new));
        out.removeAll(admitted);
        if (out.isEmpty()) {
            return;
        }
        lock(out, "LOCK");
        // fence: a login that began before the lock may still succeed; it is waited for, then ended like the others.
        Set<Long> loggingIn = loggingIn();
        if (!Patience.until(LOGIN_LIMIT, () -> withoutCompleted(loggingIn).isEmpty())) {
            loggingIn.forEach(connections::end);
        }
        if (!Patience.until(
                GONE_LIMIT, () -> ended(out) && withoutCompleted(loggingIn).isEmpty())) {
            throw new Obstacle("A replica that is not admitted is still connected.");
        }
    }

    private Set<Long> loggingIn() {
        return connections.all().stream()
                .filter(Connection::loggingIn)
                .map(Connection::id)
                .collect(Collectors.toSet());
    }

    private Set<Long> withoutCompleted(Set<Long> logins) {
        if (!logins.isEmpty()) {
            logins.retainAll(loggingIn());
        }
        return logins;
    }

    /** Ends what there is of {@code slots}; true when there was nothing. */
    private boolean ended(Set<Integer> slots) {
        List<Connection> left = connections.all().stream()
                .filter(connection -> OwnAccounts.slot(connection.user())
                        .filter(slots::contains)
                        .isPresent())
                .toList();
        left.forEach(connection -> connections.end(connection.id()));
        return left.isEmpty();
    }

    /** Unlocks the accounts of these slots. */
    void admit(Set<Integer> admitted) {
        if (!admitted.isEmpty()) {
            lock(admitted, "UNLOCK");
        }
    }

    private void lock(Set<Integer> slots, String verb) {
        Set<Integer> others = new TreeSet<>(slots);
        others.removeAll(withLock(verb.equals("LOCK")));
        if (!others.isEmpty()) {
            session.execute("ALTER USER "
                    + others.stream()
                            .map(slot -> "'" + OwnAccounts.replication(slot) + "'@'%'")
                            .collect(Collectors.joining(", "))
                    + " ACCOUNT " + verb);
        }
    }

    private Set<Integer> withLock(boolean locked) {
        return session
                .query(
                        "SELECT user AS account FROM mysql.user WHERE host = '%' AND account_locked = ?",
                        locked ? "Y" : "N")
                .stream()
                .flatMap(row -> OwnAccounts.slot(row.text("account")).stream())
                .collect(Collectors.toSet());
    }

    /** Slots with a dump thread on this server. */
    static Set<Integer> attached(List<Row> threads) {
        return threads.stream()
                .filter(row -> row.text("command").startsWith("Binlog Dump"))
                .flatMap(row -> OwnAccounts.slot(row.text("account")).stream())
                .collect(Collectors.toSet());
    }
}
