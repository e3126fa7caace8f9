/** The executor's composition root: reads its configuration, puts the parts together, and runs until it is told to end. */
@NullMarked
package dev.cotton.executor.app;

import org.jspecify.annotations.NullMarked;
