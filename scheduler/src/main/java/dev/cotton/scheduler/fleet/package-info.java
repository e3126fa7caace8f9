/**
 * All clusters of this scheduler: one loop each, and what people may ask of them.
 *
 * <p>Depends on core's control and ports only; adapters are given to it.
 */
@NullMarked
package dev.cotton.scheduler.fleet;

import org.jspecify.annotations.NullMarked;
