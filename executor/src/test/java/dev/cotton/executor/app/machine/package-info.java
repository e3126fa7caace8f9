@NullMarked
package dev.cotton.executor.app.machine;

import org.jspecify.annotations.NullMarked;
