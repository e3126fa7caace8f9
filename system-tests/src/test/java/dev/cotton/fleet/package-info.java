/** Whole fleets on one machine: real schedulers, executors, mysqlds and ZooKeeper, and what becomes of them when killed. */
@NullMarked
package dev.cotton.fleet;

import org.jspecify.annotations.NullMarked;
