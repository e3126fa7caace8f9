package dev.cotton.cli.bench;

import java.time.Duration;
import java.util.Locale;

/** Figures as reports show them. */
final class Numbers {
    private Numbers() {}

    /** For programs. */
    static double hundredths(double value) {
        return Math.round(value * 100) / 100.0;
    }

    /** For programs. */
    static double thousandths(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    /** For people. */
    static String seconds(Duration span) {
        return text("%.2f", Samples.seconds(span));
    }

    /** For people, in a format of {@link java.util.Formatter}. */
    static String text(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
