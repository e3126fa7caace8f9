package dev.cotton.cli.options;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ports from {@code first} to {@code last}, both included. */
public record PortSpan(int first, int last) {
    /** What instances get when nothing is said. */
    public static final PortSpan ORDINARY = new PortSpan(23300, 23999);

    private static final Pattern FORM = Pattern.compile("([0-9]{1,5})-([0-9]{1,5})");

    /** @throws IllegalArgumentException when {@code text} is not {@code <first>-<last>} */
    static PortSpan parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a range of ports, for instance " + ORDINARY + ".");
        }
        return new PortSpan(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
