/** What gives instances a place to run; each engine is a package of its own. Here is what engines share. */
@NullMarked
package dev.cotton.scheduler.engine;

import org.jspecify.annotations.NullMarked;
