/** Reads the reports of a test run and says in plain words how it went. */
@NullMarked
package dev.cotton.testing.summary;

import org.jspecify.annotations.NullMarked;
