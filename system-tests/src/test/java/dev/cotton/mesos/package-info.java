/** Cotton on Apache Mesos: a simulator that real recordings hold to the protocol, and real executors and databases on it. */
@NullMarked
package dev.cotton.mesos;

import org.jspecify.annotations.NullMarked;
