/**
 * Hands out the files that agents fetch: the executor's package and, if wanted, an archive of MySQL. Each is known by its
 * SHA-256, which is in its address, so that nobody gets another one by chance; nothing else is handed out. They are no
 * secrets.
 */
@NullMarked
package dev.cotton.scheduler.engine.mesos.artifact;

import org.jspecify.annotations.NullMarked;
