@NullMarked
package dev.cotton.executor.provision;

import org.jspecify.annotations.NullMarked;
