/** What a scheduler does that does not lead: it passes callers on to the one that does. */
@NullMarked
package dev.cotton.scheduler.rest.standby;

import org.jspecify.annotations.NullMarked;
