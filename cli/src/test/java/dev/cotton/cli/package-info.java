/** Tests of the command line, against a hand-written scheduler that speaks HTTP. */
@NullMarked
package dev.cotton.cli;

import org.jspecify.annotations.NullMarked;
