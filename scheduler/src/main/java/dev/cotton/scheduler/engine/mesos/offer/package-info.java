/** Which waiting instance goes to which agent: a pure function of what is wanted, what is offered and what is settled. */
@NullMarked
package dev.cotton.scheduler.engine.mesos.offer;

import org.jspecify.annotations.NullMarked;
