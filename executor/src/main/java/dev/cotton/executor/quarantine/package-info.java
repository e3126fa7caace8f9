/**
 * Keeps transactions that nobody else has when the data that they are in are given up: they were never acknowledged to
 * any client, and somebody may want them nevertheless.
 *
 * <p>They are kept in a folder of the cluster, not of the instance: the instance may be replaced, and whoever is left of
 * the cluster on this machine still shows them. Each folder {@code <time>-<instance>} in it is there completely or not at
 * all, readable by its owner only:
 *
 * <pre>
 * errant.sql     what mysqlbinlog says of exactly these transactions: can be given to the mysql client as it is, and its
 *                comments show every row
 * summary.json   a {@link dev.cotton.executor.quarantine.Summary}
 * </pre>
 */
@NullMarked
package dev.cotton.executor.quarantine;

import org.jspecify.annotations.NullMarked;
