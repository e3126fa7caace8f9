/** Cotton on Mesos, with real processes. */
@NullMarked
package dev.cotton.mesos;

import org.jspecify.annotations.NullMarked;
