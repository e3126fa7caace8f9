/** Tests of the package of the same name. */
@NullMarked
package dev.cotton.cli.faults;

import org.jspecify.annotations.NullMarked;
