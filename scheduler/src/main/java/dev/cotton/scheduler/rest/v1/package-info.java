/**
 * {@code /api/v1}: the interface to write against. Reads requests, asks the fleet, shows its answers as resources.
 */
@NullMarked
package dev.cotton.scheduler.rest.v1;

import org.jspecify.annotations.NullMarked;
