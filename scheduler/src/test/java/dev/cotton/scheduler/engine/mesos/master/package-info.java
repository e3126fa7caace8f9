/** The link against masters that are played over real sockets, and against a real ZooKeeper. */
@NullMarked
package dev.cotton.scheduler.engine.mesos.master;

import org.jspecify.annotations.NullMarked;
