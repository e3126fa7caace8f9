/** The operating system: its users, its processes, its programs. */
@NullMarked
package dev.cotton.scheduler.engine.local.system;

import org.jspecify.annotations.NullMarked;
