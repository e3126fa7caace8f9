/** The commands about clusters. Each reads its options, asks the scheduler by REST, and writes the answer. */
@NullMarked
package dev.cotton.cli.command;

import org.jspecify.annotations.NullMarked;
