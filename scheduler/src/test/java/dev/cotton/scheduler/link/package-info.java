/** Tests of the connections to executors. */
@NullMarked
package dev.cotton.scheduler.link;

import org.jspecify.annotations.NullMarked;
