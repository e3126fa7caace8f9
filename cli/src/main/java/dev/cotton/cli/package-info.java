/**
 * The command line. It talks REST only; the composition root {@code app} alone starts a scheduler.
 *
 * <p>Here: how a command ends. The commands are in {@code command}, {@code up}, {@code service} and {@code bench}.
 */
@NullMarked
package dev.cotton.cli;

import org.jspecify.annotations.NullMarked;
