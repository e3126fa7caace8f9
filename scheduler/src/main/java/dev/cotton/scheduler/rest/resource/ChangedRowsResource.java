package dev.cotton.scheduler.rest.resource;

/**
 * What transactions did to the rows of a table.
 *
 * @param table {@code schema.table}
 */
public record ChangedRowsResource(String table, long inserted, long updated, long deleted) {}
