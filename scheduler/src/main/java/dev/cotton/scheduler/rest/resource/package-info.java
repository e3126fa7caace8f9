/**
 * What the API shows and takes, as values. Each record is the schema of the same name in {@code openapi.yaml}.
 *
 * <p>Dedicated to the API: the records of core, which hold secrets, are never written to a caller. Immutable.
 */
@NullMarked
package dev.cotton.scheduler.rest.resource;

import org.jspecify.annotations.NullMarked;
