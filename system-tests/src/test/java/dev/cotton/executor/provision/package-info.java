/** Installing a real MySQL from this machine's mirror. */
@NullMarked
package dev.cotton.executor.provision;

import org.jspecify.annotations.NullMarked;
