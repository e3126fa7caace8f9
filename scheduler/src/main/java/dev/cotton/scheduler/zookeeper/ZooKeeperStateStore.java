package dev.cotton.scheduler.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.port.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Op;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps records in ZooKeeper: see the package for the nodes. A write is one transaction that checks, in this order, the
 * leader's term, the record's version and the name. Discovery is changed from what the stored record says; should
 * somebody have tampered with it, it is put right by the next write. Thread-safe.
 */
public final class ZooKeeperStateStore implements StateStore {
    private static final int TRIES = 3;

    private final ZooKeeperConnection connection;
    private final Calls calls;
    private final Layout layout;
    private final RecordFormat<ClusterRecord> format =
            new RecordFormat<>(ClusterRecord.class, ClusterRecord.SCHEMA, Optional.of(ZooKeeperStateStore::upgrade));

    /** What records have more than those of the schema before. */
    private static void upgrade(ObjectNode former) {
        for (String name : List.of("origin", "heir", "recovered")) {
            former.putIfAbsent(name, NullNode.getInstance());
        }
    }

    /** A record as it is stored, with its node's version. */
    private record Stored(ClusterRecord record, int version) {}

    /** @param connection shared with the leadership, whose term the writes check */
    public ZooKeeperStateStore(ZooKeeperConnection connection) {
        this.connection = connection;
        this.calls = connection.calls();
        this.layout = connection.layout();
    }

    /** @throws StateException when a record is of another schema, or cannot be read: then nothing may be changed */
    @Override
    public List<ClusterRecord> load() {
        calls.sync(layout.own());
        List<ClusterRecord> records = new ArrayList<>();
        for (String uid : calls.children(layout.clusters())) {
            stored(uid).ifPresent(stored -> records.add(stored.record()));
        }
        return records;
    }

    @Override
    public Optional<ClusterRecord> read(String uid) {
        calls.sync(layout.own());
        return stored(uid).map(Stored::record);
    }

    private Optional<Stored> stored(String uid) {
        String path = layout.cluster(uid);
        return calls.read(path)
                .map(node ->
                        new Stored(format.read(path, node.text()), node.stat().getVersion()));
    }

    @Override
    public void create(ClusterRecord record) {
        byte[] data = format.write(record, record.name().value());
        LeaderTerm.Held term = termOf(record);
        write(term, record.name(), new TreeMap<>(), Discovery.of(layout, record), transaction -> {
            transaction.add(
                    Transaction.Part.RECORD, calls.creation(layout.cluster(record.uid()), data, CreateMode.PERSISTENT));
            if (record.holdsName()) {
                transaction.add(Transaction.Part.NAME, takeName(record));
            }
        });
    }

    @Override
    public void replace(ClusterRecord current, ClusterRecord next) {
        if (next.version() != current.version() + 1 || !next.uid().equals(current.uid())) {
            throw new IllegalArgumentException("The next record of " + current.name() + " is not one version on.");
        }
        byte[] data = format.write(next, next.name().value());
        LeaderTerm.Held term = termOf(next);
        Stored stored = current(current);
        SortedMap<String, String> before = Discovery.of(layout, stored.record());
        write(term, next.name(), before, Discovery.of(layout, next), transaction -> {
            transaction.add(Transaction.Part.RECORD, Op.setData(layout.cluster(next.uid()), data, stored.version()));
            if (next.holdsName() && !stored.record().holdsName()) {
                transaction.add(Transaction.Part.NAME, takeName(next));
            }
            if (!next.holdsName() && stored.record().holdsName()) {
                transaction.add(Transaction.Part.NAME, leaveName(next));
            }
        });
    }

    @Override
    public void remove(ClusterRecord current) {
        LeaderTerm.Held term = term();
        Stored stored = current(current);
        SortedMap<String, String> before = Discovery.of(layout, stored.record());
        write(term, current.name(), before, new TreeMap<>(), transaction -> {
            transaction.add(Transaction.Part.RECORD, Op.delete(layout.cluster(current.uid()), stored.version()));
            if (stored.record().holdsName()) {
                transaction.add(Transaction.Part.NAME, leaveName(current));
            }
        });
    }

    /**
     * A sentence when the original's state is at the same path of ZooKeeper, which is neither read nor changed; its
     * scheduler and this one must not share a path.
     */
    public Optional<String> foreignState() {
        String path = layout.foreignState();
        return calls.children(path).isEmpty()
                ? Optional.empty()
                : Optional.of("The ZooKeeper path " + path + " holds the state of the original scheduler. It is left"
                        + " alone and none of its clusters are taken over; use another path in the ZooKeeper URL.");
    }

    private Op takeName(ClusterRecord record) {
        return calls.creation(layout.name(record.name()), record.uid().getBytes(UTF_8), CreateMode.PERSISTENT);
    }

    private Op leaveName(ClusterRecord record) {
        return Op.delete(layout.name(record.name()), -1);
    }

    private Stored current(ClusterRecord expected) {
        return stored(expected.uid())
                .filter(stored -> stored.record().version() == expected.version())
                .orElseThrow(() -> stale(expected.name()));
    }

    private LeaderTerm.Held term() {
        return connection
                .term()
                .held()
                .orElseThrow(() -> new DeposedException("This scheduler does not lead. Nothing was changed."));
    }

    /** A record that was made under an earlier term of this scheduler's is not written under a later one. */
    private LeaderTerm.Held termOf(ClusterRecord record) {
        LeaderTerm.Held held = term();
        if (held.number() != record.term()) {
            throw new DeposedException("This scheduler leads under the term " + held.number() + " now, not "
                    + record.term() + ". Nothing was changed.");
        }
        return held;
    }

    @FunctionalInterface
    private interface Part {
        void addTo(Transaction transaction);
    }

    private void write(
            LeaderTerm.Held term,
            ClusterName name,
            SortedMap<String, String> before,
            SortedMap<String, String> after,
            Part record) {
        SortedMap<String, String> seen = before;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Transaction transaction = new Transaction()
                    // fence: a leader of an earlier term cannot write
                    .add(Transaction.Part.TERM, Op.check(layout.term(), term.version()));
            record.addTo(transaction);
            transaction.addAll(Transaction.Part.DISCOVERY, Discovery.changes(calls, seen, after));
            Optional<Transaction.Part> refused = transaction.commit(calls);
            if (refused.isEmpty()) {
                return;
            }
            seen = switch (refused.orElseThrow()) {
                case TERM -> throw deposed(term);
                case RECORD -> throw stale(name);
                case NAME ->
                    throw new NameTakenException("Another cluster is named " + name + ". Nothing was changed.");
                case DISCOVERY -> otherwise(name, before);
            };
        }
        throw new StateException("Discovery of " + name + " keeps changing under our hands. Nothing was changed.");
    }

    /** What discovery really shows, when that is not what the record says. */
    private SortedMap<String, String> otherwise(ClusterName name, SortedMap<String, String> expected) {
        String path = layout.discovered(name);
        SortedMap<String, String> seen = Discovery.seen(calls, path);
        if (expected.isEmpty() && !seen.isEmpty()) {
            throw new StateException("The ZooKeeper path " + path + " is in use by somebody else, so that no cluster"
                    + " named " + name + " can be shown there. Nothing was changed; use another path or another name.");
        }
        return seen;
    }

    private DeposedException deposed(LeaderTerm.Held term) {
        connection.term().forfeit(term);
        return new DeposedException(
                "Another scheduler leads: the term " + term.number() + " is over. Nothing was changed.");
    }

    private static StaleRecordException stale(ClusterName name) {
        return new StaleRecordException(
                "The record of " + name + " was changed by somebody else. Nothing was changed by this.");
    }
}
