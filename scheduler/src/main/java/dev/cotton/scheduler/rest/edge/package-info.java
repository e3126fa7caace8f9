/**
 * What every request passes, whatever it asks for: who may call, how errors are answered, how input is read, what is
 * written down about it.
 */
@NullMarked
package dev.cotton.scheduler.rest.edge;

import org.jspecify.annotations.NullMarked;
