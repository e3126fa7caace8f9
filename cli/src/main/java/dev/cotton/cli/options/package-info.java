/** Options that several commands share, and how their values are read. */
@NullMarked
package dev.cotton.cli.options;

import org.jspecify.annotations.NullMarked;
