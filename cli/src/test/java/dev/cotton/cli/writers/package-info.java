/** Tests of {@code dev.cotton.cli.writers}. */
@NullMarked
package dev.cotton.cli.writers;

import org.jspecify.annotations.NullMarked;
