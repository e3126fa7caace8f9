/** Hands the fleet's events to those who listen, and counts them. */
@NullMarked
package dev.cotton.scheduler.rest.event;

import org.jspecify.annotations.NullMarked;
