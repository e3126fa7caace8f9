package dev.cotton.cli.terminal;

import java.time.Duration;

/** Spans of time for people. */
public final class Spans {
    private Spans() {}

    /** To a tenth of a second below a minute, for instance {@code 4.2 s}; then {@code 3 min 5 s}, {@code 2 h 10 min}. */
    public static String of(Duration span) {
        long tenths = (span.toMillis() + 50) / 100;
        if (tenths < 600) {
            return tenths / 10 + "." + tenths % 10 + " s";
        }
        long seconds = tenths / 10;
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return rough(span);
    }

    /** The two largest units, for instance {@code 12 s}, {@code 3 min}, {@code 2 h 10 min}, {@code 5 d 3 h}. */
    public static String rough(Duration span) {
        long seconds = span.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        long minutes = seconds / 60;
        if (minutes < 60) {
            return minutes + " min";
        }
        long hours = minutes / 60;
        if (hours < 24) {
            return hours + " h " + minutes % 60 + " min";
        }
        return hours / 24 + " d " + hours % 24 + " h";
    }
}
