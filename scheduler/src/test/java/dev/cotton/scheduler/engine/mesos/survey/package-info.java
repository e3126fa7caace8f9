/** Tests of what is known of a fleet beside offers. */
@NullMarked
package dev.cotton.scheduler.engine.mesos.survey;

import org.jspecify.annotations.NullMarked;
