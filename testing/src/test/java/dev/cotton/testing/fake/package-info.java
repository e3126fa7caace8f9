/** The fakes against the contracts of their ports. */
@NullMarked
package dev.cotton.testing.fake;

import org.jspecify.annotations.NullMarked;
