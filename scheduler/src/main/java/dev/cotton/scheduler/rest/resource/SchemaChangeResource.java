package dev.cotton.scheduler.rest.resource;

import java.time.Instant;

/**
 * A statement that changed schemas, accounts or routines.
 *
 * @param gtid of its transaction, for a restore to a point in time
 * @param at when it was committed
 * @param schema that it was given in; empty when in none
 * @param statement its beginning, without what is secret
 */
public record SchemaChangeResource(String gtid, Instant at, String schema, String statement) {}
