package dev.cotton.executors;

import dev.cotton.core.model.GtidSet;
import dev.cotton.executor.binlog.BinlogReader;
import dev.cotton.executor.binlog.EventHeader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Looks for statements in binary logs. */
final class Binlogs {
    private static final int LONGEST = 100_000;

    private Binlogs() {}

    static boolean has(List<Path> logs, String statement) {
        return search(logs, statement).isPresent();
    }

    /** The transaction of the last log that has it. */
    static GtidSet find(List<Path> logs, String statement) {
        return search(logs, statement).orElseThrow();
    }

    private static Optional<GtidSet> search(List<Path> logs, String statement) {
        Path log = logs.getLast();
        try (InputStream in = Files.newInputStream(log)) {
            BinlogReader reader = BinlogReader.begin(in, Files.size(log));
            GtidSet latest = GtidSet.EMPTY;
            for (Optional<EventHeader> next = reader.next(); next.isPresent(); next = reader.next()) {
                EventHeader event = next.get();
                if (event.size() > LONGEST) {
                    reader.skip();
                    continue;
                }
                byte[] raw = reader.raw();
                if (event.beginsTransaction()) {
                    latest = reader.gtid(event, raw).gtid().alone();
                } else if (new String(raw, StandardCharsets.ISO_8859_1).contains(statement)) {
                    return Optional.of(latest);
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
