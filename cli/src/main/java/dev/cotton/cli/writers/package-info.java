/**
 * Clients that write to a cluster all the time, keep a history of what they were told, and compare it with what the
 * members hold. They know of Cotton only what any client may know: where the primary is. The JDBC driver is behind
 * {@link dev.cotton.cli.writers.Database}.
 */
@NullMarked
package dev.cotton.cli.writers;

import org.jspecify.annotations.NullMarked;
