/** What the master shows to operators of agents and roles: read now and then, believed only where it says that nothing fits. */
@NullMarked
package dev.cotton.scheduler.engine.mesos.survey;

import org.jspecify.annotations.NullMarked;
