package dev.cotton.scheduler.zookeeper;

import dev.cotton.core.port.StateStore.DeposedException;
import dev.cotton.core.port.StateStore.StateException;
import dev.cotton.scheduler.engine.EngineRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Op;

/**
 * Keeps an engine's records in ZooKeeper, for the one term that this scheduler leads under when this is made: an engine
 * of an earlier term cannot write, not even when the same scheduler leads again.
 */
public final class ZooKeeperEngineRecords<R> implements EngineRecords<R> {
    /** The folder of what is known of backups. */
    public static final String BACKUPS = "backups";

    private static final int TRIES = 3;

    private final ZooKeeperConnection connection;
    private final Calls calls;
    private final Layout layout;
    private final Kind<R> kind;
    private final RecordFormat<R> format;
    private final Optional<LeaderTerm.Held> term;

    /**
     * @param folder the node above them, below that of all engines
     * @param type with a field {@code schema}
     * @param schema the one that this version knows
     * @param name of a record among those of its kind
     */
    public record Kind<R>(String folder, Class<R> type, int schema, Function<R, String> name) {}

    /** @param connection shared with the leadership, whose term the writes check */
    public ZooKeeperEngineRecords(ZooKeeperConnection connection, Kind<R> kind) {
        this.connection = connection;
        this.calls = connection.calls();
        this.layout = connection.layout();
        this.kind = kind;
        this.format = new RecordFormat<>(kind.type(), kind.schema(), Optional.empty());
        this.term = connection.term().held();
    }

    /** @throws StateException when a record is of another schema, or cannot be read: then nothing may be changed */
    @Override
    public List<R> load() {
        calls.sync(layout.own());
        List<R> records = new ArrayList<>();
        for (String name : calls.children(layout.engine(kind.folder()))) {
            String path = path(name);
            calls.read(path).ifPresent(node -> records.add(format.read(path, node.text())));
        }
        return records;
    }

    private String path(String name) {
        return layout.engine(kind.folder()) + "/" + name;
    }

    @Override
    public void save(R record) {
        String name = kind.name().apply(record);
        String path = path(name);
        byte[] data = format.write(record, name);
        write(
                path,
                there -> there
                        ? Optional.of(Op.setData(path, data, -1))
                        : Optional.of(calls.creation(path, data, CreateMode.PERSISTENT)));
    }

    @Override
    public void remove(String name) {
        String path = path(name);
        write(path, there -> there ? Optional.of(Op.delete(path, -1)) : Optional.empty());
    }

    @FunctionalInterface
    private interface Change {
        /** What is to be done with the node; empty when nothing is. */
        Optional<Op> of(boolean there);
    }

    private void write(String path, Change change) {
        LeaderTerm.Held held =
                term.orElseThrow(() -> new DeposedException("This scheduler does not lead. Nothing was changed."));
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Transaction transaction = new Transaction()
                    // fence: a leader of an earlier term cannot write
                    .add(Transaction.Part.TERM, Op.check(layout.term(), held.version()));
            change.of(calls.read(path).isPresent())
                    .ifPresent(operation -> transaction.add(Transaction.Part.RECORD, operation));
            Optional<Transaction.Part> refused = transaction.commit(calls);
            if (refused.isEmpty()) {
                return;
            }
            if (refused.orElseThrow() == Transaction.Part.TERM) {
                throw deposed(held);
            }
        }
        throw new StateException("The node " + path + " keeps changing under our hands. Nothing was changed.");
    }

    private DeposedException deposed(LeaderTerm.Held held) {
        connection.term().forfeit(held);
        return new DeposedException(
                "Another scheduler leads: the term " + held.number() + " is over. Nothing was changed.");
    }
}
