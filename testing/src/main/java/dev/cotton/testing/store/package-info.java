/** What tests of backup stores share: content, writers that are killed, connections that are cut. */
@NullMarked
package dev.cotton.testing.store;

import org.jspecify.annotations.NullMarked;
