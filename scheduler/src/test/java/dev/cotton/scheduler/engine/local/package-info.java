/** Tests of the engine for one machine. */
@NullMarked
package dev.cotton.scheduler.engine.local;

import org.jspecify.annotations.NullMarked;
