package dev.cotton.executor.archive;

import dev.cotton.core.backup.BackupException;
import dev.cotton.core.backup.ReplayPlan;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.RestoreTarget;
import dev.cotton.core.wire.ArchivePiece;
import dev.cotton.core.wire.Replay;
import dev.cotton.executor.backup.Pace;
import dev.cotton.executor.binlog.BinlogException;
import dev.cotton.executor.binlog.BinlogReader;
import dev.cotton.executor.binlog.EventHeader;
import dev.cotton.executor.binlog.Gtid;
import dev.cotton.executor.binlog.GtidEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads from an archive what a replay needs, into relay logs that a server can apply: exactly the wanted transactions, each
 * once, in their order. For one thread.
 */
public final class ReplayLogs {
    private final StoredArchive archive;
    private final Replay replay;
    private final RelayLogs relay;
    private final Pace pace;
    private final List<GtidSet> skipped = new ArrayList<>();
    private GtidSet reached = GtidSet.EMPTY;
    private GtidSet written = GtidSet.EMPTY;
    private boolean last;
    private boolean ended;

    /**
     * What was prepared.
     *
     * @param logs in the order in which they are applied
     * @param transactions that they have
     * @param skipped which are to be made empty
     */
    public record Prepared(List<Path> logs, GtidSet transactions, List<GtidSet> skipped) {
        public Prepared {
            logs = List.copyOf(logs);
            skipped = List.copyOf(skipped);
        }
    }

    private ReplayLogs(StoredArchive archive, Replay replay, RelayLogs relay, Pace pace) {
        this.archive = archive;
        this.replay = replay;
        this.relay = relay;
        this.pace = pace;
    }

    /**
     * @param executed what the backup has at least
     * @param folder empty; what stands there after a failure is of no use
     * @param pace sees what is read
     * @throws BackupException naming the object or the transaction that is the matter
     */
    public static Prepared prepare(StoredArchive archive, Replay replay, GtidSet executed, Path folder, Pace pace) {
        ReplayPlan plan = ReplayPlan.of(archive.pieces(), executed, replay.target());
        plan.pieces().forEach(archive::check);
        RelayLogs relay = new RelayLogs(folder);
        ReplayLogs logs = new ReplayLogs(archive, replay, relay, pace);
        logs.reached = executed;
        try (relay) {
            plan.pieces().forEach(logs::piece);
        } catch (IOException failed) {
            throw new BackupException(
                    "The logs to be replayed could not be written: " + failed.getMessage() + ".", failed);
        }
        return new Prepared(relay.files(), logs.written, logs.skipped);
    }

    private void piece(ArchivePiece piece) {
        if (!ended && !last) {
            archive.read(piece, log -> transactions(piece, log));
        }
    }

    private void transactions(ArchivePiece piece, InputStream log) throws IOException {
        BinlogReader reader = BinlogReader.begin(log, Long.MAX_VALUE);
        reader.next();
        byte[] format = reader.raw();
        GtidRuns all = new GtidRuns();
        GtidRuns taken = new GtidRuns();
        OutputStream out = OutputStream.nullOutputStream();
        for (Optional<EventHeader> next = reader.next(); next.isPresent(); next = reader.next()) {
            EventHeader event = next.get();
            pace.passed((int) Math.min(Integer.MAX_VALUE, event.size()));
            if (event.beginsTransaction()) {
                byte[] begin = reader.raw();
                GtidEvent transaction = reader.gtid(event, begin);
                all.add(transaction.gtid());
                if (endsBefore(transaction)) {
                    ended = true;
                    break;
                }
                boolean wanted = wants(transaction.gtid());
                out = wanted ? relay.of(piece, format, reader.checksums()) : OutputStream.nullOutputStream();
                if (wanted) {
                    taken.add(transaction.gtid());
                }
                out.write(begin);
            } else {
                reader.copy(out);
            }
        }
        finish(piece, all.set(), taken.set());
    }

    private void finish(ArchivePiece piece, GtidSet all, GtidSet taken) throws BinlogException {
        if (!ended && !all.equals(piece.transactions())) {
            throw new BinlogException("it has other transactions than its description says");
        }
        reached = reached.union(all);
        written = written.union(taken);
    }

    private boolean wants(Gtid gtid) {
        GtidSet alone = gtid.alone();
        if (reached.contains(alone)) {
            return false;
        }
        if (replay.skip().contains(alone)) {
            skipped.add(alone);
            return false;
        }
        return true;
    }

    /** A transaction that is there already ends nothing: what was reached by another log came before. */
    private boolean endsBefore(GtidEvent transaction) {
        GtidSet alone = transaction.gtid().alone();
        if (last) {
            return true;
        }
        last = replay.target() instanceof RestoreTarget.Through(GtidSet gtid) && gtid.equals(alone);
        return !reached.contains(alone)
                && switch (replay.target()) {
                    case RestoreTarget.Latest() -> false;
                    case RestoreTarget.Time(Instant instant) ->
                        transaction.committed().isAfter(instant);
                    case RestoreTarget.Through(GtidSet gtid) -> false;
                    case RestoreTarget.Before(GtidSet gtid) -> gtid.equals(alone);
                };
    }
}
