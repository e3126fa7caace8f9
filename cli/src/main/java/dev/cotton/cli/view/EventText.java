package dev.cotton.cli.view;

import dev.cotton.cli.client.Event;
import dev.cotton.cli.terminal.Paint;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** One event in a line. */
public final class EventText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private EventText() {}

    /** With the time in {@code zone}. */
    public static String of(Event event, ZoneId zone, Paint paint) {
        return paint.faint(time(event.at(), zone)) + "  "
                + paint.bold(event.instance().orElse(event.cluster())) + "  " + event.text();
    }

    /** To the second. */
    static String time(Instant at, ZoneId zone) {
        return TIME.format(at.atZone(zone));
    }
}
