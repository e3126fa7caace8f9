/**
 * The engine for a fleet: a framework of Apache Mesos. Instances are tasks with an executor of their own, on resources that
 * are reserved for them and on volumes that outlive them.
 */
@NullMarked
package dev.cotton.scheduler.engine.mesos;

import org.jspecify.annotations.NullMarked;
