/** Tests of placement. */
@NullMarked
package dev.cotton.scheduler.engine.local.placement;

import org.jspecify.annotations.NullMarked;
