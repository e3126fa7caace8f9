/**
 * What everything else is written in: the model, the pure decisions, the ports to the world and the wire. It depends
 * on nothing but annotations.
 */
@NullMarked
package dev.cotton.core;

import org.jspecify.annotations.NullMarked;
