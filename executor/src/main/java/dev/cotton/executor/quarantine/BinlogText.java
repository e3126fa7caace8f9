package dev.cotton.executor.quarantine;

import dev.cotton.core.model.GtidSet;
import dev.cotton.core.wire.QuarantineEntry.Rows;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads, line by line, what {@code mysqlbinlog --verbose} writes, with each byte of it as a character of ISO 8859-1. For
 * one thread.
 */
final class BinlogText {
    private static final Pattern GTID =
            Pattern.compile("SET @@SESSION\\.GTID_NEXT= '([0-9a-fA-F-]{36}:[a-z0-9_:]*[0-9]+)'.*");
    private static final Pattern COMMITTED = Pattern.compile("# original_commit_timestamp=([0-9]+) .*");
    private static final Pattern ROW =
            Pattern.compile("### (INSERT INTO|UPDATE|DELETE FROM) `((?:[^`]|``)+)`\\.`((?:[^`]|``)+)`");
    private static final Pattern STATEMENT = Pattern.compile("([A-Za-z]+)\\s+([A-Za-z]+).*", Pattern.DOTALL);
    private static final Pattern FRAME =
            Pattern.compile("(?i)(?:SET|BEGIN|COMMIT|ROLLBACK|BINLOG|DELIMITER|USE|XA)\\b.*", Pattern.DOTALL);

    private final List<String> gtids = new ArrayList<>();
    private final Map<String, Rows> rows = new TreeMap<>();
    private final Map<String, Long> statements = new TreeMap<>();
    private Optional<Instant> first = Optional.empty();
    private Optional<Instant> last = Optional.empty();

    /** Whether the next line begins a statement. */
    private boolean begins = true;

    /** The next line. */
    void line(String line) {
        Matcher row = ROW.matcher(line);
        Matcher gtid = GTID.matcher(line);
        Matcher committed = COMMITTED.matcher(line);
        if (row.matches()) {
            rows.merge(name(row.group(2) + "." + row.group(3)), row(row.group(1)), Rows::plus);
        } else if (gtid.matches()) {
            gtids.add(gtid.group(1));
        } else if (committed.matches()) {
            committed(Instant.EPOCH.plus(Long.parseLong(committed.group(1)), ChronoUnit.MICROS));
        }
        if (line.startsWith("#") || line.isBlank()) {
            return;
        }
        if (begins && !line.startsWith("/*!") && !FRAME.matcher(line).matches()) {
            statement(line);
        }
        begins = line.endsWith("*/;") || line.startsWith("DELIMITER");
    }

    /** Names are in UTF-8, in lines that were read byte by byte. */
    private static String name(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static Rows row(String change) {
        return switch (change) {
            case "INSERT INTO" -> new Rows(1, 0, 0);
            case "UPDATE" -> new Rows(0, 1, 0);
            default -> new Rows(0, 0, 1);
        };
    }

    private void statement(String line) {
        Matcher words = STATEMENT.matcher(line);
        if (words.matches()) {
            String verb = words.group(1) + " " + words.group(2);
            statements.merge(verb.toUpperCase(Locale.ROOT), 1L, Long::sum);
        }
    }

    private void committed(Instant at) {
        if (at.equals(Instant.EPOCH)) {
            return;
        }
        first = first.filter(before -> before.isBefore(at)).or(() -> Optional.of(at));
        last = last.filter(after -> after.isAfter(at)).or(() -> Optional.of(at));
    }

    /** The transactions that were begun so far. */
    GtidSet gtids() {
        return GtidSet.parse(String.join(",", gtids));
    }

    long transactions() {
        return gtids.size();
    }

    Map<String, Rows> rows() {
        return rows;
    }

    Map<String, Long> statements() {
        return statements;
    }

    Optional<Instant> first() {
        return first;
    }

    Optional<Instant> last() {
        return last;
    }
}
