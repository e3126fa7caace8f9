/** The launcher, run as people run it: from a copy of the sources that nobody has built yet. */
@NullMarked
package dev.cotton.launcher;

import org.jspecify.annotations.NullMarked;
