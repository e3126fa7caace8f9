/**
 * Measures Cotton on this machine beside the least that the same work takes by hand. Everything runs in a folder and with a
 * scheduler of its own, which are removed at the end; clusters of users are never touched.
 */
@NullMarked
package dev.cotton.cli.bench;

import org.jspecify.annotations.NullMarked;
