/** The composition of a scheduler: the only place that constructs its adapters and ties them together. */
@NullMarked
package dev.cotton.scheduler.app;

import org.jspecify.annotations.NullMarked;
