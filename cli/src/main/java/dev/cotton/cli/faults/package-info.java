/**
 * Things that go wrong, and how they are made to happen to a cluster on this machine: with signals, with statements and with
 * the API. Only programs of the cluster that is meant are touched, and the scheduler and ZooKeeper only when they are the
 * drill's own.
 */
@NullMarked
package dev.cotton.cli.faults;

import org.jspecify.annotations.NullMarked;
