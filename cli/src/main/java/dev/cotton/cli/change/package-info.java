/** Commands that ask for something else of a cluster that runs. */
@NullMarked
package dev.cotton.cli.change;

import org.jspecify.annotations.NullMarked;
