/** What goes wrong with machines, networks, disks and processes while clients write: nothing acknowledged is lost. */
@NullMarked
package dev.cotton.faults;

import org.jspecify.annotations.NullMarked;
