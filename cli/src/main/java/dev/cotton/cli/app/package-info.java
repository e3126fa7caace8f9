/** The composition root of the command line: it alone puts adapters together. */
@NullMarked
package dev.cotton.cli.app;

import org.jspecify.annotations.NullMarked;
