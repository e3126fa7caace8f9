package dev.cotton.executor.archive;

import dev.cotton.core.model.GtidSet;
import dev.cotton.executor.binlog.BinlogException;
import dev.cotton.executor.binlog.BinlogReader;
import dev.cotton.executor.binlog.EventHeader;
import dev.cotton.executor.binlog.GtidEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A binary log of this server, which mysqld may be writing.
 *
 * @param previous what was executed before it
 * @param start where its first transaction begins, or will
 * @param checksums whether its events have any
 */
record ServerLog(Path file, GtidSet previous, long start, boolean checksums) {
    /**
     * Whole transactions that follow each other.
     *
     * @param begin in the log; {@link ServerLog#start} for the first ones
     * @param end the byte after them
     * @param first the earliest of the times at which they were committed
     * @param last the latest
     * @param blocked whether a transaction follows that may not be archived yet
     */
    record Slice(long begin, long end, GtidSet transactions, Instant first, Instant last, boolean blocked) {
        boolean empty() {
            return transactions.isEmpty();
        }
    }

    /** Empty while mysqld writes what a log begins with. */
    static Optional<ServerLog> open(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            BinlogReader reader = BinlogReader.begin(in, Files.size(file));
            for (Optional<EventHeader> next = reader.next(); next.isPresent(); next = reader.next()) {
                EventHeader event = next.get();
                if (event.hasPreviousGtids()) {
                    return Optional.of(
                            new ServerLog(file, reader.previousGtids(reader.raw()), event.end(), reader.checksums()));
                }
                if (event.describesFormat()) {
                    reader.raw();
                } else {
                    reader.skip();
                }
            }
            return Optional.empty();
        } catch (BinlogException malformed) {
            throw new BinlogException(
                    "The binary log " + file.getFileName() + " cannot be archived: " + malformed.getMessage() + ".");
        }
    }

    String name() {
        return String.valueOf(file.getFileName());
    }

    /**
     * The transactions from {@code begin} on, up to the first one that {@code executed} has not.
     *
     * @param begin of a transaction
     * @param executed what is committed; it was asked for before {@code size}
     * @param size how much of the file counts
     * @param most bytes after which no further one is begun
     */
    Slice slice(long begin, GtidSet executed, long size, long most) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(begin);
            BinlogReader reader = BinlogReader.from(in, begin, size, checksums);
            return slice(reader, begin, executed, most);
        } catch (BinlogException malformed) {
            throw new BinlogException(
                    "The binary log " + name() + " cannot be archived: " + malformed.getMessage() + ".");
        }
    }

    private static Slice slice(BinlogReader reader, long begin, GtidSet executed, long most) throws IOException {
        GtidRuns gtids = new GtidRuns();
        long end = begin;
        Instant first = Instant.MAX;
        Instant last = Instant.MIN;
        for (Optional<EventHeader> next = reader.next(); next.isPresent(); next = reader.next()) {
            EventHeader event = next.get();
            if (event.endsLog()) {
                break;
            }
            if (event.beginsTransaction()) {
                GtidEvent transaction = reader.gtid(event, reader.raw());
                boolean committed = executed.contains(transaction.gtid().alone());
                if (!committed || end - begin >= most) {
                    return new Slice(begin, event.begin(), gtids.set(), first, last, !committed);
                }
                gtids.add(transaction.gtid());
                first = first.isBefore(transaction.committed()) ? first : transaction.committed();
                last = last.isAfter(transaction.committed()) ? last : transaction.committed();
            } else {
                reader.skip();
            }
            end = event.end();
        }
        return new Slice(begin, end, gtids.set(), first, last, false);
    }

    /** What the log begins with, up to the format of its events. */
    byte[] format() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            BinlogReader reader = BinlogReader.begin(in, start);
            reader.next();
            return reader.raw();
        }
    }
}
