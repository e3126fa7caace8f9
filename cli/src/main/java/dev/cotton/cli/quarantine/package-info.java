/** {@code cotton quarantine}: what was saved of data that were given up. */
@NullMarked
package dev.cotton.cli.quarantine;

import org.jspecify.annotations.NullMarked;
