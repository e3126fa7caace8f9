/**
 * What a machine needs before an instance can run on it: which MySQL, and whether everything else is there. Puts the
 * installers of {@code provision} together; whoever starts executors begins here.
 */
@NullMarked
package dev.cotton.executor.app.machine;

import org.jspecify.annotations.NullMarked;
