package dev.cotton.core.model;

/** Quotes untrusted input in messages: control characters replaced, and not longer than a line. */
public final class Shown {
    private static final int LONGEST = 80;

    private Shown() {}

    /** Returns {@code input} fit for a message on a terminal or in a log. */
    public static String of(String input) {
        String plain = input.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
    }
}
