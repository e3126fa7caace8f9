/** Has the kernel hold instances to their share of memory and cores. */
@NullMarked
package dev.cotton.scheduler.engine.local.limits;

import org.jspecify.annotations.NullMarked;
