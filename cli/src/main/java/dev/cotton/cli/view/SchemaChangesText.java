package dev.cotton.cli.view;

import dev.cotton.cli.client.SchemaChanges;
import dev.cotton.cli.terminal.Paint;
import dev.cotton.cli.terminal.Table;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** What changed schemas, for people. */
public final class SchemaChangesText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private SchemaChangesText() {}

    /** One in a row, the oldest first. */
    public static String of(SchemaChanges found, ZoneId zone, Paint paint) {
        if (found.changes().isEmpty()) {
            return "Nothing has changed schemas or accounts since "
                    + TIME.format(found.since().atZone(zone)) + ".\n";
        }
        Table table = new Table("AT", "GTID", "SCHEMA", "STATEMENT");
        for (SchemaChanges.Change change : found.changes()) {
            table.row(
                    TIME.format(change.at().atZone(zone)),
                    change.gtid(),
                    change.schema().isEmpty() ? "-" : change.schema(),
                    change.statement().replaceAll("\\s+", " "));
        }
        return table.text(paint);
    }
}
