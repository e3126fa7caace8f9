@NullMarked
package dev.cotton.testing.store;

import org.jspecify.annotations.NullMarked;
