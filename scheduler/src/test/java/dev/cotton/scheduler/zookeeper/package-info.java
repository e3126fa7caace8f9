/** State, leadership and discovery against a real ZooKeeper server. */
@NullMarked
package dev.cotton.scheduler.zookeeper;

import org.jspecify.annotations.NullMarked;
