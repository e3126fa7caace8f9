package dev.cotton.cli.terminal;

/**
 * Colours for a terminal, or none.
 *
 * @param on whether anything is coloured at all
 */
public record Paint(boolean on) {
    /** Leaves everything as it is. */
    public static final Paint NONE = new Paint(false);

    public String bold(String text) {
        return wrap("1", text);
    }

    public String faint(String text) {
        return wrap("2", text);
    }

    public String red(String text) {
        return wrap("31", text);
    }

    public String green(String text) {
        return wrap("32", text);
    }

    public String yellow(String text) {
        return wrap("33", text);
    }

    private String wrap(String code, String text) {
        return on && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
