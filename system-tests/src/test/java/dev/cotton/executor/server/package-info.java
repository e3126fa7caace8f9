/** mysqld as a process and as files, with the real mysqld. */
@NullMarked
package dev.cotton.executor.server;

import org.jspecify.annotations.NullMarked;
