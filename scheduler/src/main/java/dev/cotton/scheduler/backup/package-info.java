/** Backups of clusters: when they are made, where they are, and that each is proven. */
@NullMarked
package dev.cotton.scheduler.backup;

import org.jspecify.annotations.NullMarked;
