/**
 * The scheduler's HTTP side: the routes that clients of the original Cotton know, {@code /api/v1}, metrics and a page.
 *
 * <p>Owns no state of a cluster: it asks the {@link dev.cotton.scheduler.fleet.Fleet} and shows what that says, in
 * records of its own. Every byte that comes in is validated here, before the fleet sees anything of it. The contract is
 * {@code openapi.yaml}.
 */
@NullMarked
package dev.cotton.scheduler.rest;

import org.jspecify.annotations.NullMarked;
