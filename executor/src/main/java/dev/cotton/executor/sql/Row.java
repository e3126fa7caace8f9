package dev.cotton.executor.sql;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** One row of a result, by the names of its columns (in any case). NULL reads as an empty text. */
public final class Row {
    private final Map<String, String> columns;

    public Row(Map<String, String> columns) {
        Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(columns);
        this.columns = Collections.unmodifiableMap(sorted);
    }

    /** @throws IllegalArgumentException when the row has no such column */
    public String text(String column) {
        String value = columns.get(column);
        if (value == null) {
            throw new IllegalArgumentException("The result has no column '" + column + "'.");
        }
        return value;
    }

    /** A whole number; 0 for NULL. */
    public long number(String column) {
        String value = text(column);
        return value.isEmpty() ? 0 : Long.parseLong(value);
    }

    /** Whether the column says 1, ON or Yes. */
    public boolean flag(String column) {
        String value = text(column);
        return value.equals("1") || value.equalsIgnoreCase("ON") || value.equalsIgnoreCase("Yes");
    }
}
