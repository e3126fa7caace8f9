/**
 * What is decided about a cluster: assess and plan, both pure.
 *
 * <p>No clock, no IO, no logger, no randomness: time and ids come in as values. The same code runs in the scheduler and
 * in the simulation.
 */
@NullMarked
package dev.cotton.core.control;

import org.jspecify.annotations.NullMarked;
