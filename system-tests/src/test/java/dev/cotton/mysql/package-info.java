/** The MySQL that real tests run. */
@NullMarked
package dev.cotton.mysql;

import org.jspecify.annotations.NullMarked;
