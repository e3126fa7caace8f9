/**
 * The rules of the modules, checked on the compiled classes: which way the arrows point, who may construct what, and
 * what has to stay pure.
 */
@NullMarked
package dev.cotton.architecture;

import org.jspecify.annotations.NullMarked;
