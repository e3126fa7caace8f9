package dev.cotton.core.port;

import java.util.regex.Pattern;

/**
 * The name of an object in a {@link BackupStore}: one or more parts, separated by {@code /}. A part begins with a letter,
 * a digit or {@code _}, goes on with these, {@code .}, {@code =} and {@code -}, and has at most {@value #LONGEST_PART}
 * characters; a key has at most {@value #LONGEST}. No key can therefore leave its store, hide itself, or be mistaken for
 * what a store keeps for its own use, whose names begin with a dot. Keys are in the order of their bytes.
 */
public record ObjectKey(String value) implements Comparable<ObjectKey> {
    private static final int LONGEST = 512;
    private static final int LONGEST_PART = 200;
    private static final String PART = "[A-Za-z0-9_][A-Za-z0-9._=-]{0," + (LONGEST_PART - 1) + "}";
    private static final Pattern FORM = Pattern.compile(PART + "(?:/" + PART + ")*");

    public ObjectKey {
        if (!isKey(value)) {
            throw new IllegalArgumentException("'" + printable(value) + "' is no key of a backup store: it has parts of"
                    + " letters, digits, '_', '.', '=' and '-', separated by '/', none of which begins with '.', '=' or '-';"
                    + " at most " + LONGEST_PART + " characters in a part and " + LONGEST + " in all.");
        }
    }

    /** Whether there can be a key of that form. */
    public static boolean isKey(String text) {
        return text.length() <= LONGEST && FORM.matcher(text).matches();
    }

    /** Whether a key can begin like that: the empty text, a key, or a key and a {@code /}. */
    public static boolean isPrefix(String text) {
        return text.isEmpty() || isKey(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    @Override
    public int compareTo(ObjectKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
