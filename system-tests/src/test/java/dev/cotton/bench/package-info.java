/** Whether what measures Cotton measures something. How much it is, is not asserted: machines differ. */
@NullMarked
package dev.cotton.bench;

import org.jspecify.annotations.NullMarked;
