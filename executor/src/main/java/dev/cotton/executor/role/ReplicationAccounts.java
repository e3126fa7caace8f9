package dev.cotton.executor.role;

import dev.cotton.core.model.Member;
import dev.cotton.executor.sql.OwnAccounts;
import dev.cotton.executor.sql.Row;
import dev.cotton.executor.sql.Session;
import dev.cotton.executor.sql.SqlFailure;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Who may replicate from this server, and who does. Nothing of this is written to the binary log. For one thread. */
final class ReplicationAccounts {
    private static final Duration GONE_LIMIT = Duration.ofSeconds(3);
    private static final int NO_SUCH_THREAD = 1094;

    private final Session session;

    /** @param session of {@link dev.cotton.executor.sql.Sessions.Scope#THIS_SERVER} */
    ReplicationAccounts(Session session) {
        this.session = session;
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
        boolean gone = Patience.until(GONE_LIMIT, () -> {
            loggingIn.retainAll(loggingIn());
            List<Long> connected = connections(out);
            connected.forEach(this::end);
            return connected.isEmpty() && loggingIn.isEmpty();
        });
        if (!gone) {
            loggingIn.forEach(this::end);
            throw new Obstacle("A replica that is not admitted is still connected.");
        }
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

    private Set<Long> loggingIn() {
        return session
                .query("SELECT processlist_id AS id FROM performance_schema.threads"
                        + " WHERE name = 'thread/sql/one_connection' AND processlist_user IS NULL")
                .stream()
                .map(row -> row.number("id"))
                .collect(Collectors.toSet());
    }

    private List<Long> connections(Set<Integer> slots) {
        return session
                .query("SELECT processlist_id AS id, processlist_user AS account FROM performance_schema.threads"
                        + " WHERE name = 'thread/sql/one_connection' AND processlist_user LIKE 'cotton\\_repl\\_%'")
                .stream()
                .filter(row -> OwnAccounts.slot(row.text("account"))
                        .filter(slots::contains)
                        .isPresent())
                .map(row -> row.number("id"))
                .toList();
    }

    private void end(long connection) {
        try {
            session.execute("KILL " + connection);
        } catch (SqlFailure failure) {
            if (failure.code() != NO_SUCH_THREAD) {
                throw failure;
            }
        }
    }

    /** Slots with a dump thread on this server. */
    static Set<Integer> attached(List<Row> threads) {
        return threads.stream()
                .filter(row -> row.text("command").startsWith("Binlog Dump"))
                .flatMap(row -> OwnAccounts.slot(row.text("account")).stream())
                .collect(Collectors.toSet());
    }
}
