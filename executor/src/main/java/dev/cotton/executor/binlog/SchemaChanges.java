package dev.cotton.executor.binlog;

import dev.cotton.core.model.GtidSet;
import dev.cotton.core.wire.SchemaChange;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks for the statements in a server's binary logs that changed schemas, from the newest log back. For one thread. */
public final class SchemaChanges {
    private static final String LOG = "binlog\\.[0-9]{6,}";
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final int LONGEST_EVENT = 1 << 20;
    private static final Pattern NO_CHANGE = Pattern.compile("(?is)\\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|XA)\\b.*");
    private static final Pattern SECRET = Pattern.compile("(?is)\\b(IDENTIFIED|PASSWORD)\\b.*");

    private final Path folder;
    private final Instant after;

    /** @param folder of the binary logs */
    public SchemaChanges(Path folder, Instant after) {
        this.folder = folder;
        this.after = after;
    }

    /** Not more than can be read in a few seconds. */
    public SchemaChange.Found find() throws IOException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        List<SchemaChange> changes = new ArrayList<>();
        Instant since = Instant.now();
        for (Path log : newestFirst()) {
            List<SchemaChange> found = new ArrayList<>();
            Optional<Instant> first = read(log, found);
            changes.addAll(0, found);
            since = first.orElse(since);
            if (since.isBefore(after) || System.nanoTime() - deadline > 0) {
                break;
            }
        }
        return new SchemaChange.Found(changes, since);
    }

    private List<Path> newestFirst() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> String.valueOf(file.getFileName()).matches(LOG))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    /** When the first transaction of the log was committed. */
    private Optional<Instant> read(Path log, List<SchemaChange> found) throws IOException {
        Optional<Instant> first = Optional.empty();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(log))) {
            BinlogReader reader = BinlogReader.begin(in, Files.size(log));
            Optional<GtidEvent> begun = Optional.empty();
            for (Optional<EventHeader> next = reader.next(); next.isPresent(); next = reader.next()) {
                EventHeader event = next.get();
                if (event.beginsTransaction()) {
                    GtidEvent transaction = reader.gtid(event, reader.raw());
                    begun = Optional.of(transaction);
                    first = first.isPresent() ? first : Optional.of(transaction.committed());
                } else if (event.isStatement() && event.size() < LONGEST_EVENT) {
                    Statement statement = reader.statement(event, reader.raw());
                    begun.filter(transaction -> !transaction.committed().isBefore(after))
                            .filter(_ -> !NO_CHANGE.matcher(statement.text()).matches())
                            .ifPresent(transaction -> found.add(change(transaction, statement)));
                } else if (event.describesFormat()) {
                    reader.raw();
                } else {
                    reader.skip();
                }
            }
        } catch (BinlogException stillBeingWritten) {
            return first;
        }
        return first;
    }

    private static SchemaChange change(GtidEvent transaction, Statement statement) {
        GtidSet gtid = transaction.gtid().alone();
        String text = SECRET.matcher(statement.text()).replaceFirst("$1 ...");
        return new SchemaChange(
                gtid,
                transaction.committed(),
                statement.schema(),
                text.length() > SchemaChange.LONGEST ? text.substring(0, SchemaChange.LONGEST) : text);
    }
}
