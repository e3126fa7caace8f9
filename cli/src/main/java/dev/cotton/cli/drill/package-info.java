/**
 * Faults that are injected into a throwaway cluster while clients write to it, and what came of them: {@code cotton drill}
 * shows that nothing acknowledged is lost, {@code cotton bench failover} how long nothing could be written. The clusters
 * of users are never touched.
 */
@NullMarked
package dev.cotton.cli.drill;

import org.jspecify.annotations.NullMarked;
