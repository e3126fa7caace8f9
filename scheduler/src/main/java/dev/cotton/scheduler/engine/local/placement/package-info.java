/** Hosts, what they give, and who sits where with which ports. In memory only: the engine's records say it again. */
@NullMarked
package dev.cotton.scheduler.engine.local.placement;

import org.jspecify.annotations.NullMarked;
