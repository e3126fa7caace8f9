package dev.cotton.core.wire;

import java.util.Optional;

/**
 * What was counted in one table.
 *
 * @param part of all rows is looked at: one of so many, chosen by the checksum of their keys; 1 is all of them
 * @param counted absent when it could not be done in time, or the table was changed
 */
public record TableCount(String schema, String table, int part, Optional<Rows> counted)
        implements Comparable<TableCount> {
    /**
     * @param rows that were looked at
     * @param checksum of their content, whatever their order
     */
    public record Rows(long rows, String checksum) {}

    /** By schema and name. */
    @Override
    public int compareTo(TableCount other) {
        int bySchema = schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : table.compareTo(other.table);
    }

    /** For people: {@code shop.orders}. */
    public String name() {
        return schema + "." + table;
    }
}
