/**
 * A simulator of Apache Mesos: masters and agents as real HTTP servers on loopback, which answer as Mesos 1.12 was seen
 * to answer, and which run executors as processes of this machine. It works on raw JSON and shares no class with what
 * it is used to test.
 *
 * <p>{@link dev.cotton.testing.mesos.MesosSimulator} starts it and has what happens to masters;
 * {@link dev.cotton.testing.mesos.SimulatedAgent} has what happens to agents; {@link dev.cotton.testing.mesos.MesosView}
 * is for asking at the end whether anything is left.
 *
 * <p>What it does not do: protobuf bodies, TLS of agents, task groups and default executors, health checks and time limits of
 * command tasks, hierarchical roles, enforcing quota, weights, revocable and shared resources, growing and shrinking volumes,
 * executor authentication, enforcing limits of resources, and sending operation statuses again.
 */
@NullMarked
package dev.cotton.testing.mesos;

import org.jspecify.annotations.NullMarked;
