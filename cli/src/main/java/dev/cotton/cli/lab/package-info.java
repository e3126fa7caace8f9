/**
 * Hosts and disks that are made on this machine so that they can break: network namespaces on a bridge, and file systems in
 * files. Both need root, and say so when this machine does not allow them.
 */
@NullMarked
package dev.cotton.cli.lab;

import org.jspecify.annotations.NullMarked;
