/** Real executors for tests, without a scheduler: processes, an authority to enrol them with, and calls to them. */
@NullMarked
package dev.cotton.testing.executor;

import org.jspecify.annotations.NullMarked;
