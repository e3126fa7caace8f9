/** What every implementation of a port has to do: suites to be inherited by the tests of an implementation. */
@NullMarked
package dev.cotton.testing.contract;

import org.jspecify.annotations.NullMarked;
