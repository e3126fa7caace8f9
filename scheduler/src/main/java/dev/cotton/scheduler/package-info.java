/**
 * The scheduler: it looks after any number of clusters. It may depend on core only.
 */
@NullMarked
package dev.cotton.scheduler;

import org.jspecify.annotations.NullMarked;
