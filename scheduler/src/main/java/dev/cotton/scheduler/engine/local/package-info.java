/**
 * The engine for one machine: executors as child processes that outlive the scheduler.
 *
 * <p>What is kept where, below the data folder:
 *
 * <ul>
 *   <li>{@code data-folder.json}: the folder's own id; another id means that another disk is mounted
 *   <li>{@code packages/executor-<hash>/}: the executor's jars, readable for everybody
 *   <li>{@code templates/}: shared by the executors
 *   <li>{@code instances/<instance>/}: an instance's own folder, {@code 0700}
 *   <li>{@code bin/<instance>/}: the same folder after a release that keeps the data
 *   <li>{@code quarantine/<cluster's uid>/}: what its executors save of data that are given up; it outlives every single
 *       instance, and goes with the last one of a cluster that is purged
 *   <li>{@code notes/}: the engine's own, about each instance: what its launch said, whether it ever had data
 * </ul>
 *
 * <p>Every instance has a loop of its own, which alone touches its folder, its processes and its record. What it is
 * about to do is persisted before it does it, and each step can be done again: killed anywhere, it goes on. Files
 * inside an instance's folder are only ever written by the user that the executor runs as, never by root.
 */
@NullMarked
package dev.cotton.scheduler.engine.local;

import org.jspecify.annotations.NullMarked;
