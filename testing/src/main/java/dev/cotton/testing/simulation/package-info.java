/**
 * A world in one thread and virtual time: servers with the semantics of MySQL's semi-synchronous replication, an engine,
 * schedulers that crash, messages that are late or lost. It drives the real planner from a seed, checks the invariants of
 * {@code docs/invariants.md} after every step, and tells the story of a failing seed.
 */
@NullMarked
package dev.cotton.testing.simulation;

import org.jspecify.annotations.NullMarked;
