/** Tests of limits. */
@NullMarked
package dev.cotton.scheduler.engine.local.limits;

import org.jspecify.annotations.NullMarked;
