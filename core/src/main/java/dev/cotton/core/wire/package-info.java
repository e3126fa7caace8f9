/**
 * What scheduler and executor say to each other, as values that are written as JSON.
 *
 * <p>Additive: a reader ignores fields that it does not know, and a field is never given another meaning.
 */
@NullMarked
package dev.cotton.core.wire;

import org.jspecify.annotations.NullMarked;
