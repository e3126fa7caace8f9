/**
 * What Cotton keeps on this machine for its command line: the data folder, the lock on it, and the note about the
 * scheduler that runs on it.
 */
@NullMarked
package dev.cotton.cli.machine;

import org.jspecify.annotations.NullMarked;
