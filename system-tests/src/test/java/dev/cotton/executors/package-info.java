/** Executors with real mysqlds and no scheduler: each role, each way to lose it, and what never happens on the way. */
@NullMarked
package dev.cotton.executors;

import org.jspecify.annotations.NullMarked;
