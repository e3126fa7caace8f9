/**
 * A simulator of Apache Mesos: masters and agents as real HTTP servers on loopback, which answer as Mesos 1.12 was seen
 * to answer, and which run executors as processes of this machine. It works on raw JSON and shares no class with what
 * it is used to test.
 */
@NullMarked
package dev.cotton.testing.mesos;

import org.jspecify.annotations.NullMarked;
