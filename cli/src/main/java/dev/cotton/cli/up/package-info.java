/**
 * Everything on one machine: starts a scheduler with its own ZooKeeper and local engine, in the foreground or behind, and
 * stops it. Databases outlive both. At most one scheduler runs on a data folder.
 */
@NullMarked
package dev.cotton.cli.up;

import org.jspecify.annotations.NullMarked;
