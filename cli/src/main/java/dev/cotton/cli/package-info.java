/**
 * The command line. It talks REST only; the composition of {@code cotton up} alone starts a scheduler.
 */
@NullMarked
package dev.cotton.cli;

import org.jspecify.annotations.NullMarked;
