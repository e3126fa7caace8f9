/**
 * What a cluster is, as values: names, sizes, GTID sets and the persisted record.
 *
 * <p>Pure: no clock, no IO, no logger, no randomness. Everything here is immutable and thread-safe.
 */
@NullMarked
package dev.cotton.core.model;

import org.jspecify.annotations.NullMarked;
