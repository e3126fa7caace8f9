/**
 * The archive of a cluster's binary logs: pieces of them go to a store as they are written, and come back as logs that an applier
 * can read. No SQL.
 */
@NullMarked
package dev.cotton.executor.archive;

import org.jspecify.annotations.NullMarked;
