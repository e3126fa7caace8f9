/** Waiting for what was asked for, and showing how far it is. Every wait has a limit. */
@NullMarked
package dev.cotton.cli.follow;

import org.jspecify.annotations.NullMarked;
