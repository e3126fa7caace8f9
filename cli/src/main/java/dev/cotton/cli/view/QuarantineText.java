package dev.cotton.cli.view;

import dev.cotton.cli.client.Quarantine;
import dev.cotton.cli.client.Quarantine.Entry;
import dev.cotton.cli.terminal.Paint;
import dev.cotton.cli.terminal.Table;
import dev.cotton.core.model.DataSize;
import java.time.Instant;
import java.time.ZoneId;
import java.util.TreeMap;

/** What is saved of a cluster, with times in a zone. */
public final class QuarantineText {
    private QuarantineText() {}

    /** All entries of {@code cluster}, and who could not be asked. */
    public static String list(String cluster, Quarantine quarantine, ZoneId zone, Paint paint) {
        StringBuilder text = new StringBuilder();
        if (quarantine.entries().isEmpty()) {
            text.append("The quarantine of ")
                    .append(cluster)
                    .append(quarantine.unasked().isEmpty() ? " is empty.\n" : " is empty, as far as is known.\n");
        } else {
            text.append(table(quarantine, zone, paint));
        }
        quarantine
                .unasked()
                .forEach(silent -> text.append(paint.yellow(silent.instance()))
                        .append(" could not be asked, so there may be more: ")
                        .append(silent.why())
                        .append('\n'));
        return text.toString();
    }

    private static String table(Quarantine quarantine, ZoneId zone, Paint paint) {
        Table table = new Table("ENTRY", "SAVED", "TRANSACTIONS", "ROWS", "TABLES", "SIZE", "COMPLETE");
        for (Entry entry : quarantine.entries()) {
            table.row(
                    entry.id(),
                    EventText.time(entry.savedAt(), zone),
                    Long.toString(entry.transactions()),
                    Long.toString(entry.changedRows()),
                    Integer.toString(entry.rows().size()),
                    new DataSize(entry.bytes()).toString(),
                    entry.complete() ? "yes" : paint.red("no"));
        }
        return table.text(paint);
    }

    /** One entry with all that is known of it. */
    public static String entry(Entry entry, ZoneId zone, Paint paint) {
        StringBuilder text = new StringBuilder();
        text.append(paint.bold(entry.id()))
                .append(": ")
                .append(transactions(entry))
                .append(" that only ")
                .append(entry.instance())
                .append(" had, saved ")
                .append(EventText.time(entry.savedAt(), zone))
                .append(".\n\n");
        line(text, "gtids", entry.gtids().isEmpty() ? "unknown" : entry.gtids());
        entry.firstCommit()
                .ifPresent(first -> line(
                        text, "committed", committed(first, entry.lastCommit().orElse(first), zone)));
        line(text, "text", new DataSize(entry.bytes()) + (entry.complete() ? "" : paint.red(", not complete")));
        return text.append(rows(entry, paint)).append(statements(entry, paint)).toString();
    }

    /** For a sentence. */
    public static String transactions(Entry entry) {
        return entry.transactions() == 1 ? "1 transaction" : entry.transactions() + " transactions";
    }

    private static String committed(Instant first, Instant last, ZoneId zone) {
        String begin = EventText.time(first, zone);
        String end = EventText.time(last, zone);
        return (begin.equals(end) ? begin : begin + " to " + end) + " by the clock of its host";
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("  ")
                .append(name)
                .repeat(' ', 11 - name.length())
                .append(value)
                .append('\n');
    }

    private static String rows(Entry entry, Paint paint) {
        Table table = new Table("TABLE", "INSERTED", "UPDATED", "DELETED");
        entry.rows()
                .forEach(rows -> table.row(
                        printable(rows.table()),
                        Long.toString(rows.inserted()),
                        Long.toString(rows.updated()),
                        Long.toString(rows.deleted())));
        return table.isEmpty() ? "" : "\n" + table.text(paint);
    }

    private static String statements(Entry entry, Paint paint) {
        Table table = new Table("STATEMENT", "COUNT");
        new TreeMap<>(entry.statements()).forEach((words, count) -> table.row(printable(words), Long.toString(count)));
        return table.isEmpty() ? "" : "\n" + table.text(paint);
    }

    /** Names are the users', and may hold anything. */
    private static String printable(String name) {
        return name.replaceAll("\\p{Cntrl}", "?");
    }
}
