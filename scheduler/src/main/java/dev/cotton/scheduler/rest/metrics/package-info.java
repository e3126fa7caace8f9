/** What can be measured: for Prometheus, and under the original's names. */
@NullMarked
package dev.cotton.scheduler.rest.metrics;

import org.jspecify.annotations.NullMarked;
