package dev.cotton.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Rows in columns as wide as what is in them. Used by one thread. */
public final class Table {
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final String GAP = "  ";

    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... header) {
        this.header = List.of(header);
    }

    /** @throws IllegalArgumentException when there are not as many cells as columns */
    public Table row(String... cells) {
        if (cells.length != header.size()) {
            throw new IllegalArgumentException(cells.length + " cells in a table of " + header.size() + " columns");
        }
        rows.add(List.of(cells));
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The lines, each ended by a newline and without blanks at its end. */
    public String text(Paint paint) {
        int[] widths = new int[header.size()];
        measure(header, widths);
        rows.forEach(row -> measure(row, widths));
        StringBuilder text = new StringBuilder();
        append(text, header.stream().map(paint::bold).toList(), widths);
        rows.forEach(row -> append(text, row, widths));
        return text.toString();
    }

    private static void measure(List<String> cells, int[] widths) {
        Arrays.setAll(widths, column -> Math.max(widths[column], width(cells.get(column))));
    }

    private static void append(StringBuilder text, List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            line.append(cell).repeat(' ', widths[column] - width(cell)).append(GAP);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    /** What a terminal shows of it: colours take no place. */
    private static int width(String cell) {
        String shown = COLOUR.matcher(cell).replaceAll("");
        return shown.codePointCount(0, shown.length());
    }
}
