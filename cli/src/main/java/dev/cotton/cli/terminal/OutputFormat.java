package dev.cotton.cli.terminal;

import java.util.Locale;

/** How results are written. */
public enum OutputFormat {
    /** For people. */
    TEXT,
    /** One JSON document; one per line where a command goes on telling. */
    JSON;

    /** As it is given on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
