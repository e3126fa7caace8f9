/**
 * What a person or a script sees: text, tables and JSON on standard output; progress, warnings and errors on standard
 * error. Knows nothing of clusters.
 */
@NullMarked
package dev.cotton.cli.terminal;

import org.jspecify.annotations.NullMarked;
