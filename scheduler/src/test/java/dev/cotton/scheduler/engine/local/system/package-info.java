/** Tests of what is asked of the operating system. */
@NullMarked
package dev.cotton.scheduler.engine.local.system;

import org.jspecify.annotations.NullMarked;
