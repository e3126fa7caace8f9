/** The records of Mesos' HTTP API against what real masters and agents said, and against Mesos' own schema. */
@NullMarked
package dev.cotton.scheduler.engine.mesos.protocol;

import org.jspecify.annotations.NullMarked;
