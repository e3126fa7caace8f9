/**
 * The interfaces through which the scheduler and the executor reach the world: state, leadership, engines, executors,
 * MySQL installations. Each says what its implementations must guarantee; contract suites in {@code testing} hold them to it.
 */
@NullMarked
package dev.cotton.core.port;

import org.jspecify.annotations.NullMarked;
