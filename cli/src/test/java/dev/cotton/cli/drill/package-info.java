/** Tests of {@code dev.cotton.cli.drill}. */
@NullMarked
package dev.cotton.cli.drill;

import org.jspecify.annotations.NullMarked;
