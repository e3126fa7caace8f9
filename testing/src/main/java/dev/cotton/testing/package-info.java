/**
 * Hand-written fakes, the simulation and the contract suites that every implementation of a port has to pass.
 */
@NullMarked
package dev.cotton.testing;

import org.jspecify.annotations.NullMarked;
