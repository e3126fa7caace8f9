/**
 * An executor's side of Mesos' v1 executor HTTP API: one subscription to the agent that is made again whenever it breaks,
 * and status updates that are kept until the agent has kept them. Knows nothing of MySQL.
 */
@NullMarked
package dev.cotton.executor.mesos;

import org.jspecify.annotations.NullMarked;
