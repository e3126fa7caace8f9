/** Ports that exist in memory only, with a hand on everything that can happen to them. */
@NullMarked
package dev.cotton.testing.fake;

import org.jspecify.annotations.NullMarked;
